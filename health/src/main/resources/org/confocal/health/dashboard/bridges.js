/** One bridge, or all of them, in the dialog. A list shows a piece at a time, however many there are. */

import { element, facts, nick, number, part, percent, regionName, row, showDialog, table } from './format.js';

const PIECE = 100;

const room = (free) => (free < 0 ? 'unknown: it reports no load' : `${number(free)} more people`);

export function showBridge(stream, id) {
  const bridge = stream.bridges.get(id);
  if (!bridge) {
    showDialog(nick(id), element('p', {}, 'It has left the brewery.'));
    return;
  }
  showDialog(nick(id), facts([
    ['State', bridge.state],
    ['Region', regionName(bridge.region)],
    ['Version', bridge.version || 'not reported'],
    ['Stress as reported', percent(bridge.carried)],
    ['Stress with reservations', percent(bridge.promised)],
    ['People of this focus', number(bridge.people)],
    ['Reservations that count', number(bridge.reservations)],
    ['Room for', room(bridge.free)],
    ['Address', bridge.id],
  ]));
}

/** @param region only its bridges; empty for all */
export function showBridges(stream, region) {
  const search = element('input', { type: 'search', placeholder: 'name, region, state', value: region, autocomplete: 'off' });
  const result = element('div', { className: 'scroll', tabIndex: 0, role: 'region', ariaLabel: 'Bridges, the most stressed first' });
  const count = element('p', { className: 'muted', role: 'status' });
  const draw = () => {
    const wanted = search.value.toLowerCase();
    const found = [...stream.bridges.values()]
      .filter(({ id, region: where, state }) => `${nick(id)} ${where} ${state}`.toLowerCase().includes(wanted))
      .sort((a, b) => b.promised - a.promised);
    count.textContent = found.length > PIECE
      ? `${number(found.length)} bridges; the ${PIECE} most stressed are listed` : `${number(found.length)} bridges`;
    result.replaceChildren(table(
      ['Bridge', 'Region', 'State', 'Stress', 'People', 'Room for'],
      found.slice(0, PIECE).map((bridge) => row(
        element('button', { type: 'button', className: 'link', onclick: () => showBridge(stream, bridge.id) }, nick(bridge.id)),
        regionName(bridge.region), bridge.state, percent(bridge.promised), number(bridge.people),
        bridge.free < 0 ? 'unknown' : number(bridge.free),
      )),
    ));
  };
  search.addEventListener('input', draw);
  draw();
  showDialog('Bridges', element('label', {}, 'Search ', search), count, part('The most stressed first', result));
  search.focus();
}
