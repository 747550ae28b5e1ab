// After the login the page follows that was asked for; the server takes only paths of its own.
document.getElementById('return').value = new URLSearchParams(location.search).get('returnUrl') ?? '/';
if (localStorage.theme) document.documentElement.dataset.theme = localStorage.theme;
