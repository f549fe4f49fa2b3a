// From the history's lines (docs/HISTORY.md) to flat events, and the scenario's silent steps among
// them.

// A row of the server's log, with the names that events have.
function flatRow(row) {
  return {
    type: row.item_type,
    id: row.item_id,
    seq: Number(row.seq),
    rev: row.rev,
    deleted: row.deleted,
    reason: row.reason,
    device: row.device_id,
    replica: row.replica_id,
    device_seq: row.device_seq,
    stamp: row.hlc,
    fields: row.fields,
    content: row.data,
  };
}

function keptRecord(record) {
  const notes = [
    record.local_only ? 'local only' : '', record.edit ? 'edited' : '',
    record.in_flight ? 'in flight' : ''
  ];
  return {
    type: record.type,
    id: record.id,
    content: record.content,
    rev: record.shadow && record.shadow.rev,
    deleted: !record.content,
    note: notes.filter(Boolean).join(', ')
  };
}

function flat(line) {
  const event = {...line, at: Date.parse(line.at)};
  if (line.frame_number !== undefined) event.message = line.frame_number;
  if (line.kind === 'committed') Object.assign(event, flatRow(line.row));
  if (line.kind === 'server_state') event.records = line.rows.map(flatRow);
  if (line.kind === 'device_state') event.records = line.records.map(keptRecord);
  if (event.change && none.test(event.change)) delete event.change;
  return event;
}

// Steps that may leave no event of their own in a history.
const silentSteps = {
  offline: () => 'offline',
  online: () => 'online',
  delay: (s) => `delay ${s.by}`,
  slow: (s) => (s.by === '0s' ? 'reads at once again' : `reads ${s.by} late`),
  cut: (s) => `cut ${s.direction} after ${s.after_bytes} B`,
  repeat: () => 'next push twice',
  expire_token: () => 'token expired',
  expire_login: () => 'login expired',
  quota: (s) => `quota ${s.bytes} B`,
  confirm: () => 'confirmed',
  policy: (s) => `policy ${s.type}: ${s.strategy}`,
  resolve: (s) => `resolve ${s.id}: ${s.choose}`,
  retry_rejected: () => 'retry rejected',
  discard_rejected: () => 'discard rejected',
  commit_fails: (s) => `next ${s.times} commits fail`,
  expire: (s) => `retention after ${s.after}`,
};

const spanMs = (text) => {
  const units = {d: 86400000, h: 3600000, m: 60000, s: 1000, ms: 1};
  let sum = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)([a-z]+)/g)) sum += count * units[unit];
  return text.startsWith('-') ? -sum : sum;
};

// What a step with an event of its own leaves in the history.
const turnOf = {
  crash: 'crashed',
  start: 'started',
  server_crash: 'crashed',
  server_start: 'started',
  partition: 'partitioned',
  heal: 'healed',
  backup: 'backed_up',
  clock: 'clock_changed',
  expire_login: 'login_ended',
  online: 'went_online',
  offline: 'went_offline',
  policy: 'policy_chosen'
};
function leftBy(step, line) {
  if (step.do === 'put')
    return line.kind === 'edited' && line.lane === step.device && line.id === step.id;
  if (step.do === 'remove')
    return line.kind === 'edited' && line.lane === step.device && line.action === 'delete';
  return Boolean(turnOf[step.do]) && line.kind === 'turned' && line.what === turnOf[step.do] &&
      [step.device, SERVER, NETWORK].includes(line.lane);
}

// When each step happened: `settle` delays what comes behind it, by as much as it took.
function stepTimes(lines, origin) {
  const times = [];
  let late = 0;
  let known = true;  // how late the steps since the last settle are
  let from = 0;
  scenario.steps.forEach((step, index) => {
    if (step.do === 'settle') known = false;
    const due = origin + spanMs(step.at);
    const found =
        lines.findIndex((line, at) => at >= from && line.at >= due + late && leftBy(step, line));
    if (found >= 0 && !known) {
      late = lines[found].at - due;
      known = true;
      for (let i = index - 1; i >= 0 && scenario.steps[i].do !== 'settle'; i--)
        times[i] = origin + spanMs(scenario.steps[i].at) + late;
    }
    if (found >= 0) from = found;
    times.push(due + late);
  });
  return times;
}

// Steps without an event of their own, as events.
function scriptEvents(lines, origin) {
  const times = stepTimes(lines, origin);
  const events = scenario.steps.map((step, index) => {
    const name = silentSteps[step.do];
    // Histories of real processes do not tell of all of them.
    if (!name || lines.some((line) => leftBy(step, line))) return null;
    const onServer = step.do === 'commit_fails' || step.do === 'expire';
    return {
      number: -1,
      at: times[index],
      lane: step.device || (onServer ? SERVER : NETWORK),
      kind: 'script',
      source: 'script',
      step,
      label: name(step),
      title: `script: ${name(step)}`,
      keys: [],
      facts: Object.entries(step).map(
          ([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
    };
  });
  return events.filter(Boolean);
}
