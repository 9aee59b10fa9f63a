/** The stream of decisions. It stands still while somebody is in it, or a list could not be read. */

import { element, regionName, roomName, time, nick } from './format.js';
import { showDecision } from './explanation.js';

const list = document.getElementById('decisions');
const note = document.getElementById('decisions-note');
let newest = null;

export function drawDecisions({ decisions }) {
  const first = decisions.length ? decisions[0].id : null;
  if (first === newest) {
    return;
  }
  const reading = list.matches(':hover') || list.contains(document.activeElement);
  note.textContent = reading && newest !== null ? 'paused while you read' : '';
  if (reading && newest !== null) {
    return;
  }
  newest = first;
  list.replaceChildren(...decisions.map((decision) => element('li', {}, decisionButton(decision))));
}

/** A line that opens the decision's explanation. */
export function decisionButton({ id, at, room, region, bridge, refusal, refusalText, rule, audience }) {
  const from = `${regionName(region)}${audience === 'visitor' ? ', visitor' : ''}`;
  const to = bridge ? nick(bridge) : 'no bridge';
  return element(
    'button',
    { type: 'button', onclick: () => showDecision(id) },
    element('span', { className: bridge ? 'way' : 'way refused' }, `${from} → ${to}`),
    element('time', { dateTime: at }, time(at)),
    element('span', { className: 'rule' }, `${roomName(room)}: ${bridge ? rule : (refusalText ?? refusal)}`),
  );
}
