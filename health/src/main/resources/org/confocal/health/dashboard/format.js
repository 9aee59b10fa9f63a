/** How figures, times and names read, and the few ways in which elements are made. */

const whole = new Intl.NumberFormat('en');
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

export const number = (value) => whole.format(value);

export const plural = (count, one, many) => `${number(count)} ${count === 1 ? one : many}`;

export const percent = (hundredths) => `${number(hundredths)}\u00a0%`;

export const stress = (value) => percent(Math.round(value * 100));

/** $ per hour; of small sites with more digits, so that three people do not read 0. */
export function usd(value, largest = value) {
  const digits = largest === 0 || largest >= 1 ? 2 : 4;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export const time = (iso) => clock.format(new Date(iso));

export function since(iso, now) {
  const minutes = Math.max(0, Math.floor((new Date(now) - new Date(iso)) / 60000));
  if (minutes < 1) {
    return 'now';
  }
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A bridge's nickname in the brewery, or what it has for one. */
export const nick = (bridge) => bridge.slice(bridge.lastIndexOf('/') + 1);

/** A room's name without its service. */
export const roomName = (room) => room.slice(0, room.indexOf('@') < 0 ? room.length : room.indexOf('@'));

export const regionName = (region) => region || 'no region';

/** An element with properties, and with children that are elements or texts. Texts never become markup. */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made) {
      made[key] = value;
    } else {
      made.setAttribute(key, value);
    }
  }
  made.append(...children);
  return made;
}

export function table(headings, rows) {
  const head = element('tr', {}, ...headings.map((text) => element('th', { scope: 'col', className: text === 'Because' ? 'free' : '' }, text)));
  return element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows));
}

export const row = (...cells) => element('tr', {}, ...cells.map((cell) => element('td', {}, cell)));

export function facts(entries) {
  const list = element('dl', { className: 'facts' });
  for (const [term, value] of entries) {
    list.append(element('dt', {}, term), element('dd', {}, value));
  }
  return list;
}

export const part = (title, ...content) => element('section', {}, element('h3', {}, title), ...content);

/** Replaces the text only where it differs, so that nothing is announced or laid out for nothing. */
export function say(target, text) {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}

/** The one dialog: closed with Escape or its button, and the focus goes back to where it was. */
export function showDialog(title, ...content) {
  const dialog = document.getElementById('dialog');
  say(document.getElementById('dialog-title'), title);
  document.getElementById('dialog-body').replaceChildren(...content);
  if (!dialog.open) {
    dialog.showModal();
  }
  dialog.scrollTop = 0;
}

/** JSON from the focus; what it refuses becomes an error with its reason. */
export async function ask(path, options = {}) {
  const response = await fetch(path, options);
  const body = await response.json();
  if (!response.ok) {
    throw new Error(body.reason ?? response.statusText);
  }
  return body;
}
