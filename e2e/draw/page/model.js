// What the page knows: the run as it was embedded, made into one list of drawable events.

const run = JSON.parse(document.getElementById('run').textContent);
const scenario = run.scenario;
const SERVER = 'server';
const NETWORK = 'network';

const kinds = {
  edited: 'edit',
  decided: 'decision about a refusal',
  frozen: 'frozen',
  sent: 'message',
  lost: 'lost message',
  committed: 'commit',
  acknowledged: 'answer',
  moved: 'rows applied',
  conflict: 'conflict',
  copy: 'copy',
  turned: 'life and faults',
  script: 'script',
  leaked: 'leak',
  state: 'state at the end',
};

const users = [...new Set(scenario.devices.map((device) => device.user))];
const userOfLane = new Map(scenario.devices.map((device) => [device.name, device.user]));
for (const step of scenario.steps) {
  if (step.do === 'clone') userOfLane.set(step.as, userOfLane.get(step.device));
}

// Devices left and right of the server, a user's beside each other.
function orderLanes() {
  const devices = [...userOfLane.keys()].sort(
      (a, b) => users.indexOf(userOfLane.get(a)) - users.indexOf(userOfLane.get(b)));
  const left = Math.ceil(devices.length / 2);
  return [...devices.slice(0, left), SERVER, ...devices.slice(left)];
}
const lanes = orderLanes();

// Epochs and replicas are random numbers: people tell A from B.
function namer(nameOf) {
  const names = new Map();
  return (id, hint) => {
    if (!id || none.test(id)) return '';
    if (!names.has(id)) names.set(id, nameOf(names.size, hint, names));
    return names.get(id);
  };
}
const none = /^[0-]*$/;  // an epoch, a replica or a change that is not there
const epochName =
    namer((index) => String.fromCharCode(65 + (index % 26)) + (index > 25 ? index : ''));
const replicaName = namer((index, hint, names) => {
  const before = [...names.values()].filter((name) => name.split(' ')[0] === hint).length;
  return before ? `${hint} (replica ${before + 1})` : hint || `replica ${index + 1}`;
});
const revText = (rev) =>
    (rev && rev.version ? `v${rev.version}${epochSuffix(rev.epoch)}` : 'nothing');
let epochsSeen = 0;
function epochSuffix(epoch) {
  const name = epochName(epoch);
  return epochsSeen > 1 && name ? `·${name}` : '';
}
// `e<epoch>-<seq>-<generation>`, all hexadecimal.
function cursorText(text) {
  const [epoch, seq] = text.replace(/^e/, '').split('-');
  return parseInt(seq, 16) ? `seq ${parseInt(seq, 16)}${epochSuffix(epoch.padStart(16, '0'))}` :
                             'the beginning';
}

const recordKey = (event) =>
    (event.id ? `${event.user || userOfLane.get(event.lane) || ''} ${event.type}/${event.id}` : '');
const shortId = (id) => (id && id.length > 18 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id || '');
const recordName = (event) => `${event.type}/${shortId(event.id)}`;
const changedFields = (before, after) => {
  const a = before || {};
  const b = after || {};
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
      .filter((field) => JSON.stringify(a[field]) !== JSON.stringify(b[field]))
      .sort();
};

// The two largest units.
function durationText(ms) {
  if (ms < 60000) return ms < 1000 ? `${ms} ms` : `${ms / 1000} s`;
  const parts = [];
  let rest = ms;
  for (const [unit, size] of [['d', 86400000], ['h', 3600000], ['min', 60000], ['s', 1000]]) {
    if (rest >= size) parts.push(`${Math.floor(rest / size)} ${unit}`);
    rest %= size;
  }
  return parts.slice(0, 2).join(' ');
}

// As long as the run needs it: minutes, hours, days.
function clockText(ms) {
  const pad = (n, width = 2) => String(n).padStart(width, '0');
  const [days, hours] = [Math.floor(ms / 86400000), Math.floor(ms / 3600000) % 24];
  const clock =
      `${pad(Math.floor(ms / 60000) % 60)}:${pad(Math.floor(ms / 1000) % 60)}.${pad(ms % 1000, 3)}`;
  if (days) return `${days} d ${pad(hours)}:${clock}`;
  return hours ? `${pad(hours)}:${clock}` : clock;
}
