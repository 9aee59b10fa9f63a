/** The figures on top, and the warnings in words. */

import { element, number, plural, say, usd } from './format.js';

const list = document.getElementById('figures');
const warnings = document.getElementById('warnings');
const shown = new Map();

function figure(name) {
  if (!shown.has(name)) {
    const value = element('dd');
    const note = element('dd');
    list.append(element('div', {}, element('dt', {}, name), value, note));
    shown.set(name, { value, note });
  }
  return shown.get(name);
}

function draw(name, value, note) {
  const target = figure(name);
  say(target.value, value);
  say(target.note, note);
}

function room(bridges) {
  const open = bridges.filter((bridge) => bridge.state === 'usable');
  const known = open.filter((bridge) => bridge.free >= 0);
  const free = known.reduce((sum, bridge) => sum + bridge.free, 0);
  const unknown = open.length - known.length;
  return { value: known.length || !open.length ? number(free) : 'unknown', note: unknown ? `${unknown} do not report` : 'more people' };
}

export function drawFigures({ bridges: byId, summary }) {
  const bridges = [...byId.values()];
  const usable = bridges.filter(({ state }) => state === 'usable' || state === 'overloaded').length;
  const spread = summary.conferencesOnSeveralBridges;
  const egress = Object.values(summary.egressUsdPerHour).reduce((sum, [people, relays]) => sum + people + relays, 0);
  const free = room(bridges);
  say(document.getElementById('identity'), `${summary.version} · ${summary.strategy}`);
  draw('Bridges', number(bridges.length), `${number(usable)} usable`);
  draw('Conferences', number(summary.conferences), spread ? `${number(spread)} on several bridges` : 'each on one bridge');
  draw('People', number(summary.participants), plural(summary.visitors, 'of them a visitor', 'of them visitors'));
  draw('Room for', free.value, free.note);
  draw('Egress', `${usd(egress)} $`, 'per hour, estimate');
  drawWarnings(summary.warnings);
}

function drawWarnings(texts) {
  warnings.parentElement.hidden = texts.length === 0;
  const before = [...warnings.children].map((item) => item.textContent);
  if (before.join('\n') !== texts.join('\n')) {
    warnings.replaceChildren(...texts.map((text) => element('li', {}, text)));
  }
}
