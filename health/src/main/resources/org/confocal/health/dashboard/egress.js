/** What traffic costs by region: a chart of the dearest regions, and a table of all. */

import { element, regionName, row, usd } from './format.js';

const MOST = 8;

const canvas = document.getElementById('egress-chart');
const rows = document.getElementById('egress-rows');
const dark = matchMedia('(prefers-color-scheme: dark)');
let chart = null;
let shown = '';

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export function drawEgress(byRegion) {
  const key = JSON.stringify(byRegion);
  if (key === shown) {
    return;
  }
  shown = key;
  const regions = Object.entries(byRegion)
    .map(([region, [people, relays]]) => ({ region: regionName(region), people, relays }))
    .sort((a, b) => b.people + b.relays - a.people - a.relays || a.region.localeCompare(b.region));
  const largest = Math.max(0, ...regions.map(({ people, relays }) => Math.max(people, relays)));
  rows.replaceChildren(...regions.map(({ region, people, relays }) => row(region, usd(people, largest), usd(relays, largest))));
  draw(regions.slice(0, MOST));
}

function draw(regions) {
  chart ??= made();
  chart.data.labels = regions.map(({ region }) => region);
  chart.data.datasets[0].data = regions.map(({ people }) => people);
  chart.data.datasets[1].data = regions.map(({ relays }) => relays);
  chart.update();
}

function made() {
  const fresh = new Chart(canvas, {
    type: 'bar',
    data: {
      labels: [],
      datasets: [
        { label: 'to people', data: [], borderRadius: 4, maxBarThickness: 18 },
        { label: 'between bridges', data: [], borderRadius: 4, maxBarThickness: 18 },
      ],
    },
    options: {
      indexAxis: 'y',
      animation: false,
      maintainAspectRatio: false,
      scales: { x: { stacked: true, beginAtZero: true, ticks: { maxTicksLimit: 5 } }, y: { stacked: true, grid: { display: false } } },
      plugins: { legend: { position: 'bottom', labels: { boxWidth: 12, boxHeight: 12 } } },
    },
  });
  paint(fresh);
  dark.addEventListener('change', () => {
    paint(fresh);
    fresh.update();
  });
  return fresh;
}

function paint({ data, options }) {
  data.datasets[0].backgroundColor = colour('--usable');
  data.datasets[1].backgroundColor = colour('--second');
  options.scales.x.grid = { color: colour('--line') };
  options.scales.x.border = { display: false };
  options.scales.y.border = { display: false };
  for (const part of [options.scales.x.ticks, (options.scales.y.ticks = {}), options.plugins.legend.labels]) {
    part.color = colour('--muted');
  }
}
