// Where everything stands: lanes are columns, time runs downwards. Distances grow with the
// logarithm of time; a long silence becomes a break.

const axisWidth = events.length && events[events.length - 1].t >= 86400000 ? 160 : 112;
const rowHeight = 23;
const breakHeight = 46;
const faultHeight = 26;
const clusterMin = 4;  // so many events of one kind, lane and moment become one mark
const clustered = ['edited', 'decided', 'frozen', 'committed', 'acknowledged', 'state', 'conflict', 'copy'];

const clusterKey =
    (event) => [event.lane, event.kind, event.t, event.status || '', event.removes || ''].join('|');

// One item a mark: a single event, or several that look the same.
function itemsOf(visible) {
  const counts = new Map();
  for (const event of visible) {
    const key = clusterKey(event);
    counts.set(key, (counts.get(key) || 0) + 1);
  }
  const clusters = new Map();
  const items = [];
  for (const event of visible) {
    const key = clusterKey(event);
    const joins =
        clustered.includes(event.kind) && counts.get(key) >= clusterMin && !event.faults.length;
    if (joins && clusters.has(key)) {
      clusters.get(key).events.push(event);
      continue;
    }
    const item = {events: [event], first: event};
    items.push(item);
    if (joins) clusters.set(key, item);
  }
  return items;
}

function slotOf(event) {
  if (event.source === 'sent') return `${event.lane}>${event.to}`;
  if (event.source === 'arrived') return `>${event.lane}`;
  if (event.source === 'lost') return `~${event.lane}`;
  return event.lane;
}

// The server's labels stand where its messages leave.
const crossesLabel = (event, taken) =>
    event.source === 'sent' && event.lane === SERVER && taken.has(SERVER);

// A silence that is long here, whatever long is in this run.
function breakMin(items) {
  const gaps = [];
  for (let i = 1; i < items.length; i++) {
    const gap = items[i].first.t - items[i - 1].first.t;
    if (gap > 0) gaps.push(gap);
  }
  gaps.sort((a, b) => a - b);
  return Math.max(10000, 12 * (gaps[Math.floor(gaps.length / 2)] || 0));
}

function placeRows(items) {
  const longSilence = breakMin(items);
  const rows = [];
  const breaks = [];
  let y = 24;
  let taken = new Set();
  for (const item of items) {
    const {t, faults} = item.first;
    const row = rows[rows.length - 1];
    const gap = row ? t - row.t : 0;
    const crowded = taken.has(slotOf(item.first)) || crossesLabel(item.first, taken);
    if (!row || gap > 0 || crowded || faults.length) {
      if (gap >= longSilence) {
        breaks.push({y: y + rowHeight / 2 + 12, gap});
        y += breakHeight;
      } else if (row) {
        y += rowHeight + Math.min(20, 6 * Math.log10(1 + gap));
      }
      y += faultHeight * faults.length;
      rows.push({y, t});
      taken = new Set();
    }
    taken.add(slotOf(item.first));
    item.y = y;
  }
  return {rows, breaks, height: y + 40};
}

function placeLanes(width) {
  const names = shownLanes();
  const column = Math.max(172, (width - axisWidth) / names.length);
  const server = names.indexOf(SERVER);
  const middle = server < 0 ? names.length / 2 : server;
  // Labels stand on the side away from the server, arrows leave on the other.
  return names
      .map((name, index) => {
        const side = index < middle ? -1 : 1;
        const share = index === server ? 0.38 : side < 0 ? 0.68 : 0.3;
        return {
          name,
          side,
          x: axisWidth + column * (index + share),
          left: axisWidth + column * index,
          column
        };
      })
      .map((lane, index, all) => {
        const edge = lane.side < 0 ? (index ? all[index - 1].x : axisWidth - 6) :
            index + 1 < all.length ? all[index + 1].x :
                                     axisWidth + column * names.length;
        return {...lane, room: Math.abs(edge - lane.x) - 26};
      });
}

function layOut(width) {
  const items = itemsOf(events.filter(shown));
  const {rows, breaks, height} = placeRows(items);
  const columns = placeLanes(width);
  const itemOf = new Map(items.flatMap((item) => item.events.map((event) => [event, item])));
  // Of events that are hidden: where they would be.
  const yOf = (event) => {
    if (itemOf.has(event)) return itemOf.get(event).y;
    let y = 10;
    for (const item of items) {
      if (item.first.index > event.index) break;
      y = item.y;
    }
    return y;
  };
  const last = columns[columns.length - 1];
  return {
    items,
    rows,
    breaks,
    height,
    columns,
    itemOf,
    yOf,
    lane: new Map(columns.map((lane) => [lane.name, lane])),
    width: last ? last.left + last.column : axisWidth,
  };
}

// From–to of what holds for a while, by lane: `starts` and `ends` say of an event which lanes.
function spans(starts, ends) {
  const open = new Map();
  const out = [];
  const close = (lane, event) => {
    if (!open.has(lane)) return;
    out.push({lane, from: open.get(lane), to: event});
    open.delete(lane);
  };
  for (const event of events) {
    for (const lane of ends(event)) close(lane, event);
    for (const lane of starts(event))
      if (!open.has(lane)) open.set(lane, event);
  }
  for (const lane of [...open.keys()]) close(lane, null);
  return out;
}

const devices = lanes.filter((lane) => lane !== SERVER);
const lanesOf = (event) =>
    (event.lane === NETWORK ? (devices.includes(event.detail) ? [event.detail] : devices) :
                              [event.lane]);
const turns = (...whats) => (event) =>
    (event.kind === 'turned' && whats.includes(event.what) ? lanesOf(event) : []);
const steps = (what) => (event) =>
    (event.kind === 'script' && event.step.do === what ? lanesOf(event) : []);
const downSpans = spans(turns('crashed', 'stopped'), turns('started', 'restored'));
const partitionSpans = spans(turns('partitioned'), turns('healed'));
// Of real processes the history does not tell it, but the script does.
const either = (one, other) => (event) => [...one(event), ...other(event)];
const offlineSpans = spans(
    either(turns('went_offline'), steps('offline')), either(turns('went_online'), steps('online')));
