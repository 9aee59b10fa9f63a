/** Where somebody would be placed now. Nothing is done by asking. */

import { ask, element } from './format.js';
import { answer, showExplanation } from './explanation.js';

const form = document.getElementById('what-if');
const reply = document.getElementById('what-if-answer');
const offered = document.getElementById('known-regions');

export function prepareWhatIf() {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    askFocus(new FormData(form));
  });
}

/** The regions that bridges report, to choose from. */
export function offerRegions({ bridges }) {
  const regions = [...new Set([...bridges.values()].map(({ region }) => region).filter(Boolean))].sort();
  if (regions.join() !== [...offered.children].map(({ value }) => value).join()) {
    offered.replaceChildren(...regions.map((value) => element('option', { value })));
  }
}

async function askFocus(fields) {
  const question = { region: fields.get('region').trim(), visitor: fields.has('visitor') };
  const room = fields.get('room').trim();
  if (room) {
    question.room = room;
  }
  try {
    const decision = await ask('what-if', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(question),
    });
    const why = element('button', { type: 'button', className: 'link', onclick: () => showExplanation('What if', decision) }, 'Why?');
    reply.replaceChildren(`${answer(decision)} `, why);
  } catch (failure) {
    reply.textContent = failure.message;
  }
}
