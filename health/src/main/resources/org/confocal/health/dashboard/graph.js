/** A conference's bridges and how they are linked. The table beside it says the same in words. */

import { nick, number, plural } from './format.js';

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Links of one mesh have one colour: what comes in over a mesh is not sent on within it. */
function meshColours(links) {
  const palette = ['--accent', '--second', '--overloaded', '--draining'].map(colour);
  const meshes = [...new Set(links.map(({ mesh }) => mesh))];
  return new Map(meshes.map((mesh, index) => [mesh, palette[index % palette.length]]));
}

export function drawGraph(container, bridges, links) {
  const colours = meshColours(links);
  const tree = links.length === bridges.length - 1 && links.length > 1;
  cytoscape({
    container,
    elements: [
      ...bridges.map(({ bridge, people }) => ({
        data: { id: bridge, label: `${nick(bridge)}\n${plural(people, 'person', 'people')}`, width: 34 + 7.5 * Math.max(9, nick(bridge).length) },
      })),
      ...links.map(({ a, b, mesh }) => ({ data: { source: a, target: b, colour: colours.get(mesh) } })),
    ],
    style: [
      {
        selector: 'node',
        style: {
          label: 'data(label)', width: 'data(width)', height: 46, shape: 'round-rectangle', 'background-color': colour('--panel'),
          'border-width': 2, 'border-color': colour('--usable'), color: colour('--ink'), 'font-size': 13, 'text-wrap': 'wrap',
          'text-valign': 'center', 'line-height': 1.25, 'font-family': 'system-ui, sans-serif',
        },
      },
      { selector: 'edge', style: { width: 2.5, 'line-color': 'data(colour)', 'curve-style': 'bezier' } },
    ],
    layout: { name: tree ? 'breadthfirst' : 'circle', animate: false, padding: 24, spacingFactor: tree ? 1.4 : 0.9, avoidOverlap: true },
    userZoomingEnabled: false,
    userPanningEnabled: false,
    autoungrabify: true,
    maxZoom: 1.2,
  });
  container.dataset.bridges = number(bridges.length);
}
