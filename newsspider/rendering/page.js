// What a browser runs in a page. Written for the oldest engine that does (Splash's WebKit): no ES2015.
(function (words) {
  var ACTIVE = "button, [role=button], input[type=button], input[type=submit], a:not([href]), " +
    "a[href='#'], a[href^='javascript:']";
  var DIALOGS = "[role=dialog], [role=alertdialog], [aria-modal=true], dialog, [id*=consent], [class*=consent], " +
    "[id*=Consent], [class*=Consent], [id*=cookie], [class*=cookie], [id*=Cookie], [class*=Cookie], " +
    "[id*=gdpr], [class*=gdpr], [id*=cmp], [class*=cmp], [id*=privacy], [class*=privacy]";

  // a dialog that stays where it is is pressed once
  var PRESSED = "newsspiderPressed";

  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
  }

  function find(xpaths) {
    for (var i = 0; i < xpaths.length; i++) {
      try {
        var found = document.evaluate(xpaths[i], document, null, 9, null);
        if (found.singleNodeValue) return found.singleNodeValue;
      } catch (error) { /* a function that browsers lack: the expression finds nothing here */ }
    }
    return null;
  }

  function visible(element) {
    return element.offsetWidth > 0 && element.offsetHeight > 0 && !element.disabled && !element[PRESSED];
  }

  function label(element) {
    var text = element.innerText || element.value || element.getAttribute("aria-label") || "";
    return text.toLowerCase().replace(/[\s.…»›>+↓&,!:]+/g, " ").trim();
  }

  // a form's button would leave the page
  function stays(element) {
    for (var at = element; at; at = at.parentNode) {
      if (at.nodeName === "FORM" && at.getAttribute("action")) return element.type === "button";
    }
    return true;
  }

  function labelled(elements, labels) {
    for (var i = 0; i < elements.length; i++) {
      var text = label(elements[i]);
      if (text && text.length < 40 && labels.indexOf(text) >= 0 && visible(elements[i])) return elements[i];
    }
    return null;
  }

  function buttons(roots) {
    return roots.reduce(function (found, root) {
      return found.concat(all(ACTIVE, root), root.shadowRoot ? all(ACTIVE, root.shadowRoot) : []);
    }, []);
  }

  // a known dialog's own button first, then words: to refuse goes before to accept
  function consent() {
    var known = all(words.selectors.join(", ")).filter(visible)[0];
    var shadow = all("#usercentrics-root, #usercentrics-cmp-ui, #cmpwrapper");
    var inside = buttons(all(DIALOGS).concat(shadow)).filter(stays);
    var choice = known || labelled(inside, words.reject) || labelled(inside, words.accept);
    if (choice) {
      choice[PRESSED] = true;
      choice.click();
    }
    return Boolean(choice);
  }

  function moreButton(xpaths) {
    return xpaths.length ? find(xpaths) : labelled(all(ACTIVE), words.more);
  }

  function status() {
    var entry = window.performance && performance.getEntriesByType && performance.getEntriesByType("navigation")[0];
    return (entry && entry.responseStatus) || 200;
  }

  return {
    // the page's state: is it there, how large is it, how many links has it
    look: function (ready) {
      var clicked = document.body ? consent() : false;
      return {
        there: Boolean(document.body && ready.length && find(ready)),
        size: document.body ? document.body.innerHTML.length : 0,
        links: document.links.length,
        clicked: clicked,
        failed: status() >= 400
      };
    },
    // make a list grow; what was done, or nothing where there is a plain link to its next page
    grow: function (xpaths) {
      var button = moreButton(xpaths);
      if (button) {
        button.scrollIntoView();
        button.click();
        return "clicked";
      }
      if (xpaths.length || all("a[rel~=next], link[rel~=next]").length) return "";
      window.scrollTo(0, document.documentElement.scrollHeight);
      return "scrolled";
    },
    hasMore: function (xpaths) {
      return Boolean(moreButton(xpaths));
    }
  };
})
