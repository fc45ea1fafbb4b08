// JavaScript as it was written before 2015, for the browsers of that time.
(function () {
  function get(path, done) {
    var request = new XMLHttpRequest();
    request.open("GET", "/data" + path, true);
    request.onreadystatechange = function () {
      if (request.readyState === 4 && request.responseText) {
        done(JSON.parse(request.responseText));
      }
    };
    request.send(null);
  }

  function parsed(html) {
    var box = document.createElement("div");
    box.innerHTML = html;
    return box;
  }

  function more(button) {
    get(button.getAttribute("data-page"), function (data) {
      var box = parsed(data.html);
      var cards = box.querySelectorAll(".card");
      var list = document.querySelector(".cards");
      for (var i = 0; i < cards.length; i++) {
        list.appendChild(cards[i]);
      }
      var next = box.querySelector(".load-more");
      if (next) {
        button.setAttribute("data-page", next.getAttribute("data-page"));
      } else {
        button.parentNode.removeChild(button);
      }
    });
  }

  window.onload = function () {
    get(location.pathname + location.search, function (data) {
      document.title = data.title;
      document.getElementById("page").innerHTML = data.html;
    });
  };

  document.addEventListener("click", function (event) {
    if (event.target.className === "load-more") {
      more(event.target);
    }
  }, false);
})();
