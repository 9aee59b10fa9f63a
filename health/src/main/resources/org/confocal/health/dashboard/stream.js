/**
 * The focus as its events tell: a whole frame first, then what has changed. Says `update` at most once per picture that the
 * browser shows, and `connection` when the stream comes or goes. A page that nobody sees takes frames and draws nothing.
 */

const DECISIONS = 50;
const RETRY_MS = 5000;

export class Stream extends EventTarget {
  bridges = new Map();
  decisions = [];
  summary = null;
  #drawing = false;

  open() {
    const source = new EventSource('events');
    source.addEventListener('open', () => this.#say('live'));
    source.addEventListener('message', (event) => this.#take(JSON.parse(event.data)));
    source.addEventListener('error', () => {
      this.#say('lost');
      // The browser tries again by itself unless it was refused.
      if (source.readyState === EventSource.CLOSED) {
        setTimeout(() => this.open(), RETRY_MS);
      }
    });
  }

  #say(state) {
    this.dispatchEvent(new CustomEvent('connection', { detail: state }));
  }

  #take(frame) {
    const { kind, bridges, gone, decisions, ...summary } = frame;
    if (kind === 'whole') {
      this.bridges.clear();
      this.decisions = [];
    }
    for (const [id, [region, state, carried, promised, people, reservations, free, version]] of Object.entries(bridges)) {
      this.bridges.set(id, { id, region, state, carried, promised, people, reservations, free, version });
    }
    gone.forEach((id) => this.bridges.delete(id));
    this.decisions = [...decisions, ...this.decisions].slice(0, DECISIONS);
    this.summary = summary;
    this.#draw();
  }

  #draw() {
    if (this.#drawing) {
      return;
    }
    this.#drawing = true;
    requestAnimationFrame(() => {
      this.#drawing = false;
      this.dispatchEvent(new Event('update'));
    });
  }
}
