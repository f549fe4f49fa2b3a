// What the reader wants to see. Hidden events take no space; those that show a violation stay.

const wanted = {
  text: '',
  record: '',
  user: '',
  hiddenLanes: new Set(),
  hiddenKinds: new Set()
};
const alwaysThere = ['turned', 'script', 'leaked'];

const records = (() => {
  const counts = new Map();
  for (const event of events) {
    for (const key of event.keys) counts.set(key, (counts.get(key) || 0) + 1);
  }
  return [...counts.entries()].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
})();

function aboutRecord(event) {
  if (!wanted.record || event.keys.includes(wanted.record) || alwaysThere.includes(event.kind))
    return true;
  const message = event.message === undefined ? null : byMessage.get(event.message).sent;
  const id = wanted.record.slice(wanted.record.indexOf('/') + 1);
  return Boolean(message && message.about && message.about.includes(id));
}

function ofUser(event) {
  if (!wanted.user) return true;
  const peer = event.message === undefined ? null : byMessage.get(event.message).sent;
  const ends = peer ? [userOfLane.get(peer.lane), userOfLane.get(peer.to)] : [];
  return event.user === wanted.user || ends.includes(wanted.user) ||
      (event.kind === 'turned' && (event.lane === SERVER || event.lane === NETWORK));
}

function laneShown(event) {
  const peer = event.message === undefined ? null : byMessage.get(event.message).sent;
  return !wanted.hiddenLanes.has(event.lane) &&
      !(peer && (wanted.hiddenLanes.has(peer.lane) || wanted.hiddenLanes.has(peer.to)));
}

function matchesText(event) {
  if (!wanted.text) return true;
  const peer = event.message === undefined ? null : byMessage.get(event.message).sent;
  return (peer && peer !== event ? `${event.text} ${peer.text}` : event.text).includes(wanted.text);
}

const shown = (event) => {
  const kind = event.source === 'arrived' ? 'sent' : event.kind;
  if (!laneShown(event)) return false;
  if (event.faults.length) return true;
  return !wanted.hiddenKinds.has(kind) && aboutRecord(event) && ofUser(event) && matchesText(event);
};

const shownLanes = () => lanes.filter((lane) => !wanted.hiddenLanes.has(lane));
