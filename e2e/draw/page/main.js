// Puts the parts together: draws, selects, listens.

let plan = null;
let selected = null;
let pinned = false;

function showLaneHeads() {
  const heads = plan.columns.map((column) => {
    const spec = scenario.devices.find((device) => device.name === column.name) || {};
    const user = userOfLane.get(column.name);
    const notes = [
      user, spec.skew ? `clock ${spec.skew}` : '', spec.old_client ? 'old client' : ''
    ].filter(Boolean).join(' · ');
    return html(
        'div', {
          class: `lane-head ${column.name === SERVER ? 'lane-server' : userClass(user)}`,
          style: `left:${column.x}px`
        },
        html('strong', {}, column.name), html('small', {}, notes));
  });
  const box = document.getElementById('lane-heads');
  box.style.width = `${plan.width}px`;
  box.replaceChildren(...heads);
}

const nodeOf = (event) => {
  const item = plan.itemOf.get(event);
  return item &&
      document.querySelector(
          `.mark[data-event="${item.first.index}"], .message[data-event="${item.first.index}"]`);
};

function clearSelection() {
  selected = null;
  pinned = false;
  for (const node of document.querySelectorAll('.selected, .related'))
    node.classList.remove('selected', 'related');
  showHint();
}

function select(event, keep) {
  const message = event.message === undefined ? null : byMessage.get(event.message);
  const target = message && message.sent ? message.sent : event;
  const item = plan.itemOf.get(target);
  if (!item) return;
  clearSelection();
  selected = target;
  pinned = keep;
  for (const other of plan.items) {
    const related =
        other.events.some((candidate) => candidate.keys.some((key) => event.keys.includes(key)));
    if (related && nodeOf(other.first)) nodeOf(other.first).classList.add('related');
  }
  showDetails(
      item.events.length > 1 && item.first !== target ? {first: target, events: [target]} : item);
  const node = nodeOf(target);
  if (!node) return;
  node.classList.add('selected');
  if (!keep) return;
  node.focus({preventScroll: true});
  node.scrollIntoView({block: 'center', inline: 'nearest'});
}

function redraw() {
  const canvas = document.getElementById('canvas');
  plan = layOut(canvas.clientWidth);
  canvas.replaceChildren(drawDiagram(plan));
  showLaneHeads();
  const visible = plan.items.reduce((sum, item) => sum + item.events.length, 0);
  document.getElementById('matches').textContent =
      visible === events.length ? `${visible} events` : `${visible} of ${events.length} events`;
  const first = canvas.querySelector('.mark');
  if (first) first.setAttribute('tabindex', 0);
  if (selected && plan.itemOf.has(selected))
    select(selected, false);
  else
    clearSelection();
}

const markedItems = () => plan.items.filter((item) => nodeOf(item.first));

// The neighbour of the selected item that a key asks for.
function neighbour(key) {
  const items = markedItems();
  const at = items.findIndex((item) => item.events.includes(selected));
  if (at < 0) return items[0];
  const here = items[at];
  if (key === 'ArrowDown') return items[at + 1];
  if (key === 'ArrowUp') return items[at - 1];
  if (key === 'n' || key === 'p') {
    const same = items.filter(
        (item) => item === here || item.first.keys.some((other) => selected.keys.includes(other)));
    return same[same.indexOf(here) + (key === 'n' ? 1 : -1)];
  }
  const order = plan.columns.map((column) => column.name);
  const lane = order[order.indexOf(here.first.lane) + (key === 'ArrowRight' ? 1 : -1)];
  return items.filter((item) => item.first.lane === lane)
      .sort((a, b) => Math.abs(a.y - here.y) - Math.abs(b.y - here.y))[0];
}

function nextFault() {
  const broken = events.filter((event) => event.faults.length);
  const at = broken.indexOf(selected);
  return broken[(at + 1) % broken.length];
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey ||
      /^(INPUT|SELECT)$/.test(event.target.tagName))
    return;
  if (event.key === '/')
    document.getElementById('search').focus();
  else if (event.key === 'Escape')
    clearSelection();
  else if (event.key === 'v' && nextFault())
    select(nextFault(), true);
  else if (/^Arrow|^[np]$/.test(event.key) && event.target.closest('#diagram, body')) {
    const next = neighbour(event.key);
    if (next) select(next.first, true);
  } else
    return;
  event.preventDefault();
}

function eventAt(node) {
  const drawn = node.closest('[data-event]');
  return drawn && events[Number(drawn.dataset.event)];
}

function start() {
  showSummary();
  showTools();
  redraw();
  const canvas = document.getElementById('canvas');
  canvas.addEventListener('mouseover', (event) => {
    const found = eventAt(event.target);
    if (found && !pinned) select(found, false);
  });
  canvas.addEventListener('focusin', (event) => {
    const found = eventAt(event.target);
    if (found && found !== selected) select(found, true);
  });
  canvas.addEventListener('click', (event) => {
    const found = eventAt(event.target);
    if (found)
      select(found, true);
    else
      clearSelection();
  });
  document.addEventListener('keydown', onKey);
  window.addEventListener('resize', redraw);
  const broken = nextFault();
  if (broken) {
    select(broken, false);
  }
}
start();
