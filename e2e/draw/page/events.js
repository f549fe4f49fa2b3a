// One function for each kind of event: what it is called beside its mark, and what details say.
// A fact is [name, value]; `diff` is [before, after].

const turnedText = {
  clock_changed: 'clock',
  went_online: 'online',
  went_offline: 'offline',
  policy_chosen: 'policy',
  backed_up: 'backup',
  set_aside: 'set aside',
  logged_in: 'login',
  login_ended: 'login ended',
  disk_failed: 'disk full',
  disk_healed: 'disk free',
  collected: 'tombstones collected',
};
const cameFrom = ['cloned', 'restored'];
const badTurns =
    ['crashed', 'halted', 'login_ended', 'revoked', 'disk_failed', 'reset', 'partitioned'];
const statusMark = {
  applied: '✓',
  merged: '✓',
  unchanged: '=',
  duplicate: '≡',
  conflict: '!',
  held: '‖',
  rejected: '×'
};

const readers = {
  edited(e) {
    const {before, after} = e;
    const fields = changedFields(before, after);
    const what = e.action === 'delete' ? 'deletes' : before ? 'edits' : 'creates';
    return {
      label: `${shortId(e.id)}${before && after ? ` ${fields.join(', ')}` : ''}`,
      title: `${e.lane} ${what} ${recordName(e)}`,
      removes: e.action === 'delete',
      facts: [['local only', e.local_only ? 'yes' : '']],
      diff: [before, after],
    };
  },
  decided(e) {
    const decision = e.what.replace('_', ' ');
    return {
      label: `${decision} ${shortId(e.id)}`,
      title: `${e.lane}: a refused change of ${recordName(e)} is ${decision}`,
      facts: [['decision', decision], ['change', e.change]],
      diff: [e.before, e.after],
    };
  },
  frozen(e) {
    return {
      label: `#${e.seq}`,
      title: `${recordName(e)} becomes change #${e.seq} of ${replicaName(e.replica, e.lane)}`,
      facts: [
        ['action', e.action], ['based on', revText(e.base)],
        ['replica', replicaName(e.replica, e.lane)], ['change', e.change]
      ],
    };
  },
  sent(e) {
    return {
      label: e.frame,
      title: `${e.lane} sends ${e.frame} to ${e.to}`,
      facts: [['about', e.about]]
    };
  },
  arrived(e) {
    return {label: '', title: `message arrives at ${e.lane}`, facts: []};
  },
  lost(e) {
    return {label: e.why, title: `message is lost: ${e.why}`, facts: [['why', e.why]]};
  },
  committed(e) {
    const conflict = e.type === 'conflict';
    const copy = !conflict && /^c-[0-9a-f]{32}$/.test(e.id);
    return {
      kind: conflict ? 'conflict' :
          copy       ? 'copy' :
                       'committed',
      label: `seq ${e.seq} · ${conflict ? 'conflict' : shortId(e.id)} ${e.deleted ? '✕ ' : ''}${
          revText(e.rev)}`,
      title: `${
          conflict ? 'conflict' :
              copy ? `copy ${recordName(e)}` :
                     recordName(e)} is committed as ${revText(e.rev)}, seq ${e.seq}`,
      removes: e.deleted,
      facts: [
        ['user', e.user], ['seq', e.seq], ['version', revText(e.rev)],
        ['deleted', e.deleted ? e.reason || 'yes' : ''], ['written by', e.device],
        ['replica', replicaName(e.replica)],
        ['as its change', e.device_seq ? `#${e.device_seq}` : ''], ['stamp', e.stamp],
        ['change', e.change]
      ],
      fieldAuthors: e.fields,
      diff: [e.before, e.content],
    };
  },
  acknowledged(e) {
    return {
      label: `${statusMark[e.status] || ''} ${
          e.status === 'duplicate' ? `duplicate (${e.first_status || '?'})` : e.status} #${e.seq}`,
      title: `change #${e.seq} of ${e.lane}, ${recordName(e)}: ${e.status}`,
      severity: e.status === 'rejected' || e.status === 'held' ? 'bad' :
          e.status === 'conflict'                              ? 'odd' :
                                                                 '',
      facts: [
        ['status', e.status], ['first answer', e.first_status], ['error', e.code],
        ['version', revText(e.rev)], ['copy', e.copy_id], ['conflict', e.conflict_id],
        ['replica', replicaName(e.replica, e.lane)], ['change', e.change]
      ],
    };
  },
  moved(e) {
    const rows = e.rows || [];
    const names =
        rows.map((row) => `${row.type}/${shortId(row.id)} ${revText(row.rev)} (seq ${row.seq})`);
    return {
      label: `${e.resync ? 'resync ' : ''}→ ${cursorText(e.to)}${
          rows.length ? ` +${rows.length}` : ''}`,
      title: `${e.lane} stores ${rows.length} row${rows.length === 1 ? '' : 's'}; cursor to ${
          cursorText(e.to)}`,
      facts: [
        ['cursor from', cursorText(e.from)], ['cursor to', cursorText(e.to)],
        ['resync', e.resync ? 'yes' : ''], ['rows', names.join('\n')]
      ],
      keys: rows.map((row) => recordKey({...row, user: e.user, lane: e.lane})),
    };
  },
  turned(e) {
    const text = turnedText[e.what] || e.what.replace('_', ' ');
    return {
      label:
          `${text}${e.detail ? `${cameFrom.includes(e.what) ? ' from' : ' ·'} ${e.detail}` : ''}${
              e.epoch ? ` · epoch ${epochName(e.epoch)}` : ''}`,
      title: `${e.lane}: ${text}`,
      severity: badTurns.includes(e.what) ? 'bad' : '',
      facts: [
        ['detail', e.detail], ['user', e.user],
        ['epoch', e.epoch ? `${epochName(e.epoch)} (${e.epoch})` : ''], ['seq', e.seq || '']
      ],
    };
  },
  leaked(e) {
    return {
      label: `leak: ${e.where}`,
      title: 'a planted secret was seen outside its device',
      severity: 'bad',
      facts: [['secret', e.secret], ['where', e.where]]
    };
  },
  device_state(e) {
    return {
      kind: 'state',
      label: `${e.synced ? 'synced' : e.link || 'state'} · ${e.records.length} records`,
      title: `what ${e.lane} holds`,
      facts: [
        ['user', e.user], ['link', e.link], ['synced', e.synced ? 'yes' : 'no'],
        ['cursor', cursorText(e.cursor)],
        ['queue', Object.entries(e.queue).map(([name, count]) => `${count} ${name}`).join(', ')],
        ['originals', e.originals.length || ''], ['set aside', e.aside.length || '']
      ],
      records: e.records,
    };
  },
  server_state(e) {
    return {
      kind: 'state',
      label: `${e.user}: head ${e.head}`,
      title: `what the server holds of ${e.user}`,
      facts: [
        ['head', e.head], ['floor', Number(e.floor) || ''], ['generation', e.generation || ''],
        ['archived', e.archive.length || '']
      ],
      records: e.records,
    };
  },
};

function addContentsBefore(events) {
  const last = new Map();
  for (const event of events) {
    if (event.kind !== 'committed') continue;
    event.before = last.get(recordKey(event));
    last.set(recordKey(event), event.content);
  }
}

function readEvent(raw) {
  const read = readers[raw.kind](raw);
  const event = {...raw, ...read, source: raw.kind, kind: read.kind || raw.kind};
  event.keys = read.keys || (recordKey(raw) ? [recordKey(raw)] : []);
  return event;
}

// Answers belong to the record of their frame only by what they say; the search looks at all of it.
const searchText =
    (event) => [event.lane, event.kind, event.label, event.title, event.id, event.user,
                event.change, JSON.stringify([event.content, event.after]), event.about,
                ...event.facts.map((fact) => fact[1])]
                   .join(' ')
                   .toLowerCase();

function readRun() {
  const lines = run.events.map(flat);
  epochsSeen =
      new Set(lines.filter((e) => e.kind === 'turned' && e.epoch).map((e) => e.epoch)).size;
  addContentsBefore(lines);
  const origin = lines.length ? lines[0].at : 0;
  const events = [...lines.map(readEvent), ...scriptEvents(lines, origin)];
  // Steps come before what they bring about.
  events.sort(
      (a, b) =>
          a.at - b.at || (a.number < 0 ? -1 : 0) - (b.number < 0 ? -1 : 0) || a.number - b.number);
  events.forEach((event, index) => {
    event.index = index;
    event.t = event.at - origin;
    event.user = event.user || userOfLane.get(event.lane) || '';
    event.text = searchText(event);
    event.faults =
        run.violations.filter((violation) => event.number >= 0 && violation.event === event.number);
  });
  return events;
}
const events = readRun();
const byMessage = new Map();
for (const event of events) {
  if (event.message === undefined) continue;
  if (!byMessage.has(event.message)) byMessage.set(event.message, {copies: []});
  const message = byMessage.get(event.message);
  if (event.kind === 'sent')
    message.sent = event;
  else
    message.copies.push(event);
}
