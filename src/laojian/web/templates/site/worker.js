// Keeps the shell and the pages of today's visits for where there is no network. Version {{ version }}.
const SHELL = "laojian-site-{{ version }}";
const PAGES = "laojian-site-pages";
const FILES = [{% for url in shell %}"{{ url|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const PATIENCE = 6000;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name.startsWith("laojian-site-") && name !== SHELL && name !== PAGES);
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

// A page as the server has it, and where it does not answer in time, as it was when it last did.
async function page(request) {
  const cache = await caches.open(PAGES);
  const url = new URL(request.url).pathname;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(request, { signal: stop.signal });
    if (answer.ok && !answer.redirected) await cache.put(url, answer.clone());
    return answer;
  } catch (wrong) {
    const kept = await cache.match(url);
    if (kept) return kept;
    throw wrong;
  } finally {
    clearTimeout(timer);
  }
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (/^\/site(\/\d+)?$/.test(url.pathname)) event.respondWith(page(event.request));
  else if (FILES.includes(url.pathname)) event.respondWith(caches.match(url.pathname).then((kept) => kept || fetch(event.request)));
});
