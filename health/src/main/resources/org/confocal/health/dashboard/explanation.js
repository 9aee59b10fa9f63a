/** Why a decision came out as it did. */

import { ask, element, facts, nick, number, part, regionName, row, showDialog, stress, table, time, usd } from './format.js';

export async function showDecision(id) {
  try {
    const decision = await ask(`explain/decision/${id}`);
    showExplanation(`Decision ${id}`, decision);
  } catch (failure) {
    showDialog(`Decision ${id}`, element('p', {}, `Not known: ${failure.message}.`));
  }
}

export function showExplanation(title, decision) {
  const { candidates, rejected, reservation, room, endpoint, strategy, at } = decision;
  const content = [
    element('p', { className: 'lead' }, answer(decision)),
    facts([
      ['Conference', room],
      ['Endpoint', `${endpoint}, ${decision.audience}`],
      ['At', time(at)],
      ['Strategy', strategy],
    ]),
  ];
  if (candidates.length) {
    content.push(part('Who was weighed, best first', scrolling('Candidates', weighed(candidates, decision.bridge))));
  }
  if (rejected.length) {
    const rows = rejected.map(({ bridge, reasonText }) => element('tr', {}, element('td', {}, nick(bridge)), element('td', { className: 'free' }, reasonText)));
    content.push(part('Who was left out', scrolling('Left out', table(['Bridge', 'Because'], rows))));
  }
  if (reservation) {
    content.push(part('What was promised to the bridge', facts([
      ['Stress', `${stress(reservation.stressBefore)} before, ${stress(reservation.stressAfter)} after`],
      ['Reservations', `${number(reservation.countingBefore)} before, ${number(reservation.countingAfter)} after`],
    ])));
  }
  showDialog(title, ...content);
}

export function answer({ region, bridge, bridgeRegion, refusalText, rule }) {
  const who = `Somebody from ${regionName(region)}`;
  return bridge
    ? `${who} goes to ${nick(bridge)} (${regionName(bridgeRegion)}): ${rule}.`
    : `${who} gets no bridge: ${refusalText}.`;
}

const scrolling = (label, content) => element('div', { className: 'scroll', tabIndex: 0, role: 'region', ariaLabel: label }, content);

function weighed(candidates, chosen) {
  const priced = candidates.some(({ score }) => score);
  const dearest = Math.max(0, ...candidates.map(({ score }) => score?.totalUsdPerHour ?? 0));
  const headings = priced ? ['Bridge', 'Stress', 'Egress $/h', 'Mean round trip', 'Stress and time $/h', 'Together $/h'] : ['Bridge', 'Stress'];
  return table(headings, candidates.map(({ bridge, stress: load, score }) => {
    const cells = [nick(bridge), stress(load)];
    if (priced) {
      cells.push(...(score
        ? [usd(score.egressUsdPerHour, dearest), `${number(Math.round(score.meanRoundTripMs))} ms`, usd(score.penaltyUsdPerHour, dearest), usd(score.totalUsdPerHour, dearest)]
        : ['', '', '', '']));
    }
    const line = row(...cells);
    line.className = bridge === chosen ? 'chosen' : '';
    return line;
  }));
}
