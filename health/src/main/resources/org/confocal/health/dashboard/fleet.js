/**
 * The fleet: a row for each region, a bar for each bridge. Where a region has more bridges than a row has room for, bars stand
 * for several bridges of like stress. One stop of the Tab key a region; arrows go from bar to bar.
 */

import { element, number, percent, plural, regionName, nick, say } from './format.js';
import { showBridge, showBridges } from './bridges.js';

const MOST_BARS = 60;
const FULL = 100;
const ORDER = ['overloaded', 'usable', 'draining', 'graceful shutdown', 'shutting down', 'failing', 'unhealthy'];

const names = new Intl.Collator('en', { numeric: true });
const home = document.getElementById('regions');
const regions = new Map();

export function drawFleet(stream) {
  const byRegion = new Map();
  for (const bridge of stream.bridges.values()) {
    const list = byRegion.get(bridge.region) ?? [];
    list.push(bridge);
    byRegion.set(bridge.region, list);
  }
  for (const [name, shown] of regions) {
    if (!byRegion.has(name)) {
      shown.box.remove();
      regions.delete(name);
    }
  }
  for (const name of [...byRegion.keys()].sort()) {
    drawRegion(stream, name, byRegion.get(name));
  }
  drawEmpty(byRegion.size === 0);
}

function drawEmpty(empty) {
  const note = home.querySelector(':scope > p');
  if (empty && !note) {
    home.append(element('p', { className: 'muted' }, 'No bridge is in the brewery.'));
  } else if (!empty && note) {
    note.remove();
  }
}

function drawRegion(stream, name, bridges) {
  const shown = regions.get(name) ?? made(name);
  const usable = bridges.filter(({ state }) => state === 'usable' || state === 'overloaded');
  const people = bridges.reduce((sum, { people: here }) => sum + here, 0);
  const mean = usable.reduce((sum, { promised }) => sum + promised, 0) / Math.max(1, usable.length);
  const out = bridges.length - usable.length;
  say(shown.text, `${plural(bridges.length, 'bridge', 'bridges')}${out ? `, ${number(out)} out` : ''} · ${plural(people, 'person', 'people')}`
    + ` · mean stress ${percent(Math.round(mean))}`);
  const bars = bridges.length <= MOST_BARS ? single(stream, bridges) : bundled(stream, name, bridges);
  shown.strip.classList.toggle('dense', bars.length > 30);
  shown.box.classList.toggle('wide', bars.length > 12);
  drawBars(shown, bars);
}

function made(name) {
  const title = element('h3', {}, regionName(name));
  const text = element('p');
  const strip = element('div', { className: 'bars', role: 'toolbar', ariaLabel: `Bridges in ${regionName(name)}` });
  strip.addEventListener('keydown', walk);
  const box = element('div', { className: 'region' }, element('div', {}, title, text), strip);
  const shown = { box, text, strip, bars: new Map() };
  const next = [...regions.keys()].sort().find((other) => other > name);
  home.insertBefore(box, next === undefined ? null : regions.get(next).box);
  regions.set(name, shown);
  return shown;
}

/** A bar a bridge, in the order of names: a bar that moved about could not be followed. */
function single(stream, bridges) {
  return [...bridges].sort((a, b) => names.compare(nick(a.id), nick(b.id))).map((bridge) => ({
    key: bridge.id,
    state: bridge.state,
    carried: bridge.carried,
    promised: bridge.promised,
    label: `${nick(bridge.id)}: ${bridge.state}, stress ${percent(bridge.promised)}, ${plural(bridge.people, 'person', 'people')}`,
    open: () => showBridge(stream, bridge.id),
  }));
}

/** So many bars, of one state next to each other and then the most stressed first, each as high as the highest of its bridges. */
function bundled(stream, region, bridges) {
  const rank = ({ state }) => ORDER.indexOf(state);
  const sorted = [...bridges].sort((a, b) => rank(a) - rank(b) || b.promised - a.promised);
  const size = sorted.length / MOST_BARS;
  return Array.from({ length: MOST_BARS }, (unused, index) => {
    const bundle = sorted.slice(Math.floor(index * size), Math.floor((index + 1) * size));
    const stresses = bundle.map(({ promised }) => promised);
    const most = Math.max(...stresses);
    const worst = bundle[bundle.length - 1];
    return {
      key: `bundle ${index}`,
      state: worst.state,
      carried: Math.max(...bundle.map(({ carried }) => carried)),
      promised: most,
      label: `${plural(bundle.length, 'bridge', 'bridges')}, stress ${number(Math.min(...stresses))} to ${percent(most)}`
        + (worst.state === 'usable' ? '' : `, one or more ${worst.state}`),
      open: () => showBridges(stream, region),
    };
  });
}

function drawBars(shown, bars) {
  const keys = new Set(bars.map(({ key }) => key));
  for (const [key, bar] of shown.bars) {
    if (!keys.has(key)) {
      bar.button.remove();
      shown.bars.delete(key);
    }
  }
  bars.forEach((bar, index) => {
    const drawn = shown.bars.get(bar.key) ?? madeBar(shown, bar.key);
    drawn.open = bar.open;
    drawBar(drawn, bar);
    if (shown.strip.children[index] !== drawn.button) {
      shown.strip.insertBefore(drawn.button, shown.strip.children[index] ?? null);
    }
  });
  if (bars.length && !shown.strip.querySelector('[tabindex="0"]')) {
    shown.strip.children[0].tabIndex = 0;
  }
}

function madeBar(shown, key) {
  const promised = element('span', { className: 'promised' });
  const carried = element('span', { className: 'carried' });
  const button = element('button', { type: 'button', className: 'bar', tabIndex: -1 }, promised, carried);
  const drawn = { button, promised, carried, label: '', open: () => {} };
  button.addEventListener('click', () => drawn.open());
  shown.bars.set(key, drawn);
  return drawn;
}

function drawBar(drawn, { state, carried, promised, label }) {
  if (drawn.label !== label) {
    drawn.label = label;
    drawn.button.ariaLabel = label;
    drawn.button.title = label;
  }
  if (drawn.button.dataset.state !== state) {
    drawn.button.dataset.state = state;
  }
  const height = Math.min(FULL, carried);
  drawn.carried.style.height = `${height}%`;
  drawn.promised.style.height = `${Math.max(0, Math.min(FULL, promised) - height)}%`;
}

function walk(event) {
  const steps = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity };
  const step = steps[event.key];
  if (step === undefined) {
    return;
  }
  event.preventDefault();
  const bars = [...event.currentTarget.children];
  const from = bars.indexOf(document.activeElement);
  const to = bars[Math.max(0, Math.min(bars.length - 1, from + step))];
  bars.forEach((bar) => { bar.tabIndex = bar === to ? 0 : -1; });
  to.focus();
}
