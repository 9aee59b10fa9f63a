'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const names = Object.keys(data.strategies);
const colours = ['#0b6e99', '#c4471b', '#4d7c0f', '#7c3aed', '#b45309', '#be185d', '#334155', '#0d9488'];
const colour = name => colours[names.indexOf(name) % colours.length];
const seed = 'seed ' + data.seed;
document.querySelectorAll('.seed').forEach(node => { node.textContent = seed; });
document.getElementById('what').textContent =
  `${data.scenario} concurrent conferences at the peak, ${data.hours} h, prices ${data.prices}, ` +
  `${data.seeds} seed(s) from ${data.firstSeed}; ${Math.round(data.conferences)} conferences and ` +
  `${Math.round(data.joins)} joins a seed. Every strategy sees the same people, bridges and reports.`;

const cost = name => 100 * data.strategies[name].totalUsdPerPh;
const latency = name => data.strategies[name].e2eMs.mean;
const beaten = name => names.some(other => other !== name &&
  cost(other) <= cost(name) && latency(other) <= latency(name) &&
  (cost(other) < cost(name) || latency(other) < latency(name)));
const front = names.filter(name => !beaten(name)).sort((a, b) => cost(a) - cost(b));
new Chart(document.getElementById('front'), {
  type: 'scatter',
  data: {
    datasets: [
      ...names.map(name => ({
        label: name, data: [{ x: cost(name), y: latency(name) }], backgroundColor: colour(name), pointRadius: 7
      })),
      {
        label: 'front', data: front.map(name => ({ x: cost(name), y: latency(name) })), type: 'line',
        borderColor: '#94a3b8', borderDash: [6, 4], pointRadius: 0
      }
    ]
  },
  options: {
    maintainAspectRatio: false, animation: false,
    scales: {
      x: { title: { display: true, text: 'egress, US cents per participant-hour' } },
      y: { title: { display: true, text: 'mean round trip person to person, ms' } }
    }
  }
});

new Chart(document.getElementById('load'), {
  type: 'line',
  data: {
    datasets: names.map(name => ({
      label: name, data: data.load[name].map(([x, , highest]) => ({ x, y: highest })),
      borderColor: colour(name), borderWidth: 1.5, pointRadius: 0
    }))
  },
  options: {
    maintainAspectRatio: false, animation: false,
    scales: {
      x: { type: 'linear', title: { display: true, text: 'hours' } },
      y: { min: 0, suggestedMax: 1.2, title: { display: true, text: 'stress of the hottest bridge' } }
    }
  }
});

function drawn(name) {
  const portrait = data.portraits[name];
  const leg = (from, to, width) => ({
    type: 'line', label: '', data: [from, to], borderColor: colour(name), borderWidth: width, pointRadius: 0
  });
  return [
    ...portrait.links.map(link => leg(data.regions[link.from], data.regions[link.to], 4)),
    ...portrait.groups.map(group => leg(data.metros[group.metro], data.regions[group.region], 1)),
    { label: 'metros', data: data.metros, backgroundColor: '#cbd5e1', pointRadius: 3 },
    { label: 'regions', data: data.regions, backgroundColor: '#64748b', pointStyle: 'rect', pointRadius: 4 },
    {
      label: 'people', data: portrait.groups.map(group => ({
        ...data.metros[group.metro], name: `${data.metros[group.metro].name}: ${group.people}`
      })), backgroundColor: '#c4471b', pointRadius: portrait.groups.map(group => 4 + Math.sqrt(group.people))
    }
  ];
}
const who = document.getElementById('who');
names.forEach(name => who.add(new Option(name, name)));
who.value = names.includes('EgressAware') ? 'EgressAware' : names[0];
const map = new Chart(document.getElementById('map'), {
  type: 'scatter',
  data: { datasets: drawn(who.value) },
  options: {
    maintainAspectRatio: false, animation: false,
    scales: {
      x: { min: -180, max: 180, title: { display: true, text: 'longitude' } },
      y: { min: -60, max: 75, title: { display: true, text: 'latitude' } }
    },
    plugins: {
      legend: { labels: { filter: item => item.text !== '' } },
      tooltip: { callbacks: { label: item => item.raw.name } }
    }
  }
});
who.addEventListener('change', () => { map.data.datasets = drawn(who.value); map.update(); });

function row(table, cells, tag) {
  const line = table.insertRow();
  cells.forEach(text => {
    const cell = document.createElement(tag);
    cell.textContent = text;
    line.appendChild(cell);
  });
}
const columns = {
  'relay $/1000 ph': s => (1000 * s.relayUsdPerPh).toFixed(3),
  'total $/1000 ph': s => (1000 * s.totalUsdPerPh).toFixed(2),
  'mean ms': s => s.e2eMs.mean.toFixed(1),
  'p95 ms': s => s.e2eMs.p95.toFixed(0),
  'p99 ms': s => s.e2eMs.p99.toFixed(0),
  'pairs > 300 ms': s => (100 * s.pairsOver300ms).toFixed(2) + ' %',
  'max stress': s => s.stressMax.toFixed(2),
  'hot minutes': s => s.hotMinutes.toFixed(0),
  'moves / 1000': s => s.movesPer1000.toFixed(1),
  'bridges per conf.': s => s.bridgesPerConference.toFixed(2),
  'gap to myopic': s => (100 * s.gapToMyopic).toFixed(1) + ' %',
  'gap to clairvoyant': s => (100 * s.gapToClairvoyant).toFixed(1) + ' %'
};
const table = document.getElementById('figures');
row(table, ['strategy', ...Object.keys(columns)], 'th');
names.forEach(name => row(table, [name, ...Object.values(columns).map(f => f(data.strategies[name]))], 'td'));
const bursts = document.getElementById('bursts');
row(bursts, ['strategy', ...Object.keys(data.bursts)], 'th');
names.forEach(name => row(bursts, [name, ...Object.values(data.bursts).map(burst =>
  `${burst[name].peakStress.toFixed(2)} (${burst[name].bridges.toFixed(1)})`)], 'td'));
