const DATABASE = 'sputnik';
const SHELF = 'conversations';

/** The conversations this browser keeps. Where it keeps nothing (private windows of some browsers), they live as long as the page. */
export class Store {
  #database;
  #unkept = new Map();

  static async open() {
    const store = new Store();
    store.#database = await database();
    return store;
  }

  /** Whether conversations outlive the page. */
  get keeps() { return this.#database !== null; }

  /** Every conversation, latest first. */
  async all() {
    const list = this.keeps ? await this.#ask('readonly', (shelf) => shelf.getAll()) : [...this.#unkept.values()];
    return list.sort((a, b) => b.updated - a.updated);
  }

  async get(id) {
    return (this.keeps ? await this.#ask('readonly', (shelf) => shelf.get(id)) : this.#unkept.get(id)) ?? null;
  }

  async put(conversation) {
    const copy = structuredClone(conversation);
    if (this.keeps) { await this.#ask('readwrite', (shelf) => shelf.put(copy)); } else { this.#unkept.set(copy.id, copy); }
  }

  async remove(id) {
    if (this.keeps) { await this.#ask('readwrite', (shelf) => shelf.delete(id)); } else { this.#unkept.delete(id); }
  }

  #ask(mode, what) {
    return new Promise((resolve, reject) => {
      const transaction = this.#database.transaction(SHELF, mode);
      const request = what(transaction.objectStore(SHELF));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  }
}

function database() {
  return new Promise((resolve) => {
    let request;
    try {
      request = indexedDB.open(DATABASE, 1);
    } catch {
      resolve(null); // storage is switched off: Store.keeps says so and the page tells the reader
      return;
    }
    request.onupgradeneeded = () => request.result.createObjectStore(SHELF, { keyPath: 'id' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
  });
}
