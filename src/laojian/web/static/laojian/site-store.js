// What was done on this device: drafts as they are typed, and batches until the server has answered. Each change is on the disk
// before the page says that it is kept; nothing is removed before the server has answered.
const STORES = { drafts: "id", queue: "key", meta: "id" };

const ready = new Promise((done, fail) => {
  const asked = indexedDB.open("laojian-site", 1);
  asked.onupgradeneeded = () => {
    for (const [name, keyPath] of Object.entries(STORES)) asked.result.createObjectStore(name, { keyPath });
  };
  asked.onsuccess = () => done(asked.result);
  asked.onerror = () => fail(asked.error);
});

const answered = (request) =>
  new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });

export async function get(name, id) {
  return answered((await ready).transaction(name).objectStore(name).get(id));
}

export async function all(name) {
  return answered((await ready).transaction(name).objectStore(name).getAll());
}

// Several rows of several stores at once, all or none: `rows` are [store, value] to put, `gone` [store, id] to remove. A draft
// that is only marked (`[store, value, true]`) stays as it is where the officer has typed on since it was read.
export async function write(rows, gone = []) {
  const names = [...new Set([...rows, ...gone].map(([name]) => name))];
  if (!names.length) return;
  const deed = (await ready).transaction(names, "readwrite", { durability: "strict" });
  for (const [name, value, marked] of rows) {
    const place = deed.objectStore(name);
    if (!marked) place.put(value);
    else place.get(value.id).onsuccess = (event) => event.target.result?.at === value.at && place.put(value);
  }
  for (const [name, id] of gone) deed.objectStore(name).delete(id);
  await new Promise((done, fail) => {
    deed.oncomplete = done;
    deed.onerror = deed.onabort = () => fail(deed.error);
  });
}

// The device's own name, made up once: the numbers and batches of a lost telephone can be told by it.
export async function device() {
  const known = await get("meta", "device");
  if (known) return known.value;
  const value = "手机 " + crypto.randomUUID().slice(0, 4).toUpperCase();
  await write([["meta", { id: "device", value }]]);
  return value;
}
