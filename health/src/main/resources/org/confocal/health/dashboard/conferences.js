/** The list of conferences, asked for piece by piece, and one conference with its cascade in the dialog. */

import { ask, element, nick, number, part, plural, regionName, roomName, row, say, showDialog, since, table } from './format.js';
import { drawGraph } from './graph.js';
import { decisionButton } from './decisions.js';

const PIECE = 50;
const PAUSE_MS = 2000;

const rows = document.getElementById('conference-rows');
const range = document.getElementById('conference-range');
const search = document.getElementById('conference-search');
const back = document.getElementById('conference-back');
const on = document.getElementById('conference-on');

export class Conferences {
  #stream;
  #offset = 0;
  #asked = 0;
  #shown = new Map();

  constructor(stream) {
    this.#stream = stream;
    search.addEventListener('input', () => this.#go(0));
    back.addEventListener('click', () => this.#go(this.#offset - PIECE));
    on.addEventListener('click', () => this.#go(this.#offset + PIECE));
  }

  /** Asks anew, at most every two seconds. */
  refresh() {
    if (Date.now() - this.#asked >= PAUSE_MS) {
      this.#load();
    }
  }

  #go(offset) {
    this.#offset = Math.max(0, offset);
    this.#load();
  }

  async #load() {
    this.#asked = Date.now();
    const wanted = `${search.value} ${this.#offset}`;
    try {
      const query = new URLSearchParams({ search: search.value.trim(), offset: this.#offset });
      const page = await ask(`dashboard/conferences?${query}`);
      if (wanted === `${search.value} ${this.#offset}`) {
        this.#draw(page);
      }
    } catch (failure) {
      say(range, `not known: ${failure.message}`);
    }
  }

  #draw({ matching, conferences }) {
    const now = this.#stream.summary?.at ?? new Date();
    const before = this.#shown;
    this.#shown = new Map(conferences.map((conference) => [conference.room, before.get(conference.room) ?? made(conference.room)]));
    for (const { room, participants, visitors, bridges, startedAt } of conferences) {
      const cells = this.#shown.get(room).children;
      say(cells[1], visitors ? `${number(participants)} (${number(visitors)} visiting)` : number(participants));
      say(cells[2], number(bridges));
      say(cells[3], since(startedAt, now));
    }
    const wanted = [...this.#shown.values()];
    if (wanted.length !== rows.children.length || wanted.some((each, index) => rows.children[index] !== each)) {
      const focused = document.activeElement;
      rows.replaceChildren(...wanted);
      // An element that is put in again loses the focus.
      if (rows.contains(focused)) {
        focused.focus();
      }
    }
    const last = this.#offset + conferences.length;
    say(range, matching ? `${number(Math.min(this.#offset + 1, last))} to ${number(last)} of ${number(matching)}` : 'none');
    back.disabled = this.#offset === 0;
    on.disabled = last >= matching;
  }
}

function made(room) {
  return row(element('button', { type: 'button', className: 'link', title: room, onclick: () => showConference(room) }, roomName(room)), '', '', '');
}

export async function showConference(room) {
  try {
    const conference = await ask(`explain/conference/${encodeURIComponent(room)}`);
    const { bridges, links, avoided, decisions, running } = conference;
    const graph = element('div', { className: 'graph', role: 'img', ariaLabel: graphText(bridges, links) });
    const content = [];
    if (!running) {
      content.push(element('p', {}, 'It is over; these are its decisions that are still kept.'));
    } else if (!bridges.length) {
      content.push(element('p', {}, 'Nobody of it is on a bridge.'));
    } else {
      content.push(part('Cascade', graph), part('Bridges', table(['Bridge', 'People', 'With sound', 'With video'], bridges.map(bridgeRow))));
    }
    if (avoided.length) {
      content.push(element('p', {}, `It avoids, because allocations failed there: ${avoided.map(nick).join(', ')}.`));
    }
    if (decisions.length) {
      content.push(part('Decisions', element('ol', { className: 'lines' }, ...decisions.slice(0, PIECE).map((each) => element('li', {}, decisionButton(each))))));
    }
    showDialog(room, ...content);
    if (running && bridges.length) {
      drawGraph(graph, bridges, links);
    }
  } catch (failure) {
    showDialog(room, element('p', {}, `Not known: ${failure.message}.`));
  }
}

function peopleOf({ people, peopleByRegion }) {
  const regions = Object.entries(peopleByRegion);
  return regions.length === 1
    ? `${number(people)} from ${regionName(regions[0][0])}`
    : `${number(people)}: ${regions.map(([region, some]) => `${number(some)} from ${regionName(region)}`).join(', ')}`;
}

const bridgeRow = (bridge) => row(
  `${nick(bridge.bridge)}${bridge.audience === 'visitor' ? ' (visitors)' : ''}`,
  peopleOf(bridge), number(bridge.audioSenders), number(bridge.videoSenders),
);

function graphText(bridges, links) {
  const people = bridges.map((bridge) => `${nick(bridge.bridge)} with ${plural(bridge.people, 'person', 'people')}`).join(', ');
  const linked = links.map(({ a, b }) => `${nick(a)} and ${nick(b)}`).join('; ');
  return `Bridges: ${people}.${linked ? ` Linked: ${linked}.` : ''}`;
}
