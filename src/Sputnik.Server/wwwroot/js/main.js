import * as key from './api/key.js';
import { Store } from './chat/store.js';
import { ChatPage } from './chat/page.js';
import { Sidebar } from './chat/sidebar.js';
import { SettingsView } from './chat/settings-view.js';
import { byId } from './page/dom.js';
import { askForKey } from './page/dialogs.js';
import { listen } from './page/keys.js';
import { route, onRoute } from './page/router.js';
import { Shell } from './page/shell.js';
import { complain, warn } from './page/toasts.js';
import { Models } from './chat/models.js';
import { RunsPage } from './runs/page.js';
import { UsagePage } from './usage/page.js';

key.askWith(askForKey);

// What nobody caught is shown: a page that fails in silence cannot be mended.
addEventListener('unhandledrejection', (event) => complain(event.reason));
addEventListener('error', (event) => complain(event.error ?? event.message));

const store = await Store.open();
if (!store.keeps) { warn('This browser keeps nothing for this page: conversations are gone when it closes. Export what you need.'); }

const models = new Models();
const shell = new Shell(models);
const chat = new ChatPage({ store, models, changed: () => sidebar.refresh() });
const sidebar = new Sidebar({ store, chat, close: () => shell.closeSide() });
const settings = new SettingsView({ chat, close: () => shell.closePanel() });
shell.fill({ side: sidebar.element, panel: settings.element });

const pages = { chat, runs: new RunsPage(), usage: new UsagePage() };
let shown = null;

onRoute(async ({ page, id }) => {
  const next = pages[page] ?? chat;
  if (shown !== next) {
    shown?.leave();
    byId('main').replaceChildren(next.element);
    shown = next;
  }
  shell.show(page);
  await next.open(id);
  sidebar.mark(page, id);
  settings.refresh();
});

listen({ chat, shell, shown: () => shown });
byId('skip').addEventListener('click', () => byId('main').focus());
models.load();
await sidebar.refresh();
route();
