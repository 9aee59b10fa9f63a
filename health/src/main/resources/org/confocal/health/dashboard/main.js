/** Puts the parts of the page together. */

import { Stream } from './stream.js';
import { say } from './format.js';
import { drawFigures } from './figures.js';
import { drawFleet } from './fleet.js';
import { showBridges } from './bridges.js';
import { Conferences } from './conferences.js';
import { drawDecisions } from './decisions.js';
import { drawEgress } from './egress.js';
import { prepareWhatIf, offerRegions } from './whatif.js';

const WORDS = { live: 'live', lost: 'connection lost, trying again' };

const stream = new Stream();
const conferences = new Conferences(stream);
const connection = document.getElementById('connection');

stream.addEventListener('connection', ({ detail }) => {
  connection.dataset.state = detail;
  say(connection, WORDS[detail]);
});

stream.addEventListener('update', () => {
  drawFigures(stream);
  drawFleet(stream);
  drawDecisions(stream);
  drawEgress(stream.summary.egressUsdPerHour);
  offerRegions(stream);
  conferences.refresh();
});

document.getElementById('all-bridges').addEventListener('click', () => showBridges(stream, ''));
prepareWhatIf();
stream.open();
