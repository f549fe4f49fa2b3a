// Draws a layout: bands, lanes, arrows, marks, and the moments at which an invariant broke.

function drawBands(plan) {
  const out = [];
  const band = (spanList, className, label) => {
    for (const {lane, from, to} of spanList) {
      const column = plan.lane.get(lane);
      if (!column) continue;
      const y = plan.yOf(from);
      const height = Math.max(6, (to ? plan.yOf(to) : plan.height) - y);
      out.push(
          svg('rect', {x: column.x - 15, y, width: 30, height, rx: 4, class: className},
              svg('title', {}, label(from))));
    }
  };
  band(partitionSpans, 'partition', (from) => `partition ${from.detail || ''}`);
  band(offlineSpans, 'offline', () => 'offline');
  band(downSpans, 'down', () => 'no process');
  return out;
}

// The lane is interrupted while there is no process.
function drawLanes(plan) {
  const out = [];
  for (const column of plan.columns) {
    const className =
        `lane ${column.name === SERVER ? 'lane-server' : userClass(userOfLane.get(column.name))}`;
    let y = 0;
    for (const {lane, from, to} of downSpans) {
      if (lane !== column.name) continue;
      out.push(line(column.x, y, column.x, plan.yOf(from), {class: className}));
      y = to ? plan.yOf(to) : plan.height;
    }
    out.push(line(column.x, y, column.x, plan.height, {class: className}));
  }
  return out;
}

function drawTime(plan) {
  const out = [];
  let before = -1;
  for (const row of plan.rows) {
    if (row.t === before) continue;
    before = row.t;
    out.push(line(axisWidth - 12, row.y, plan.width, row.y, {class: 'guide'}));
    out.push(
        svg('text', {x: axisWidth - 18, y: row.y + 4, 'text-anchor': 'end', class: 'time'},
            clockText(row.t)));
  }
  for (const {y, gap} of plan.breaks) {
    let path = `M${axisWidth - 12},${y}`;
    for (let x = axisWidth - 12, up = true; x < plan.width; x += 8, up = !up)
      path += ` l8,${up ? -5 : 5}`;
    const text = `${durationText(gap)} without events`;
    out.push(
        svg('rect', {
          x: axisWidth - 12,
          y: y - 9,
          width: plan.width - axisWidth + 12,
          height: 16,
          class: 'break-gap'
        }),
        svg('path', {d: path, class: 'break'}),
        svg('text', {x: 4, y: y + 2, class: 'break-text'},
            fitted(durationText(gap), axisWidth - 24), svg('title', {}, text)));
  }
  return out;
}

const messageClass = (frame) => {
  if (['push', 'pushed', 'resolve', 'resolved', 'reconcile', 'reconciled'].includes(frame))
    return 'upload';
  if (['pull', 'changes', 'changed', 'snapshot', 'digest', 'ack'].includes(frame))
    return 'download';
  return frame === 'error' || frame === 'revoked' || frame === 'drain' ? 'warning' : 'talk';
};

function arrowHead(x, y, angle, className) {
  const turn = `translate(${x},${y}) rotate(${(angle * 180) / Math.PI})`;
  return polygon('0,0 -9,-4 -9,4', {transform: turn, class: className});
}

// Beside the lane on the side where no marks have their labels: the sender's, or, from the server,
// that of the first lane on the way. News leave together with an answer, and are named before it.
function labelPlace(plan, from, end, frame) {
  const towards = Math.sign(end - from.x);
  const names = plan.columns.map((column) => column.name);
  const next = plan.columns[names.indexOf(from.name) + towards];
  const gap = next ? Math.abs(next.x - from.x) : 0;
  const near = Math.min(60, gap * 0.45);
  const place = from.name !== SERVER     ? near :
      messageClass(frame) === 'download' ? gap * 0.38 :
                                           gap - near;
  return from.x + towards * Math.min(place, Math.abs(end - from.x) * 0.6);
}

// One way of one message: to where it arrived, or half-way to where it was lost.
function drawArrow(plan, sent, end) {
  const from = plan.lane.get(sent.lane);
  const to = plan.lane.get(sent.to);
  if (!from || !to) return [];
  const arrived = end && end.source === 'arrived';
  const share = arrived ? 1 : end ? 0.55 : 0.35;
  const towards = Math.sign(to.x - from.x);
  const x1 = from.x + towards * 10;
  const y1 = plan.yOf(sent);
  const x2 = from.x + (to.x - from.x) * share - (arrived ? towards * 10 : 0);
  const y2 = end ? plan.yOf(end) : y1 + 14;
  const user = userClass(userOfLane.get(sent.lane) || userOfLane.get(sent.to));
  const className = `arrow ${messageClass(sent.frame)} ${user}${end ? '' : ' under-way'}`;
  const out = [line(x1, y1, x2, y2, {class: className})];
  if (arrived)
    out.push(arrowHead(x2, y2, Math.atan2(y2 - y1, x2 - x1), `head ${user}`));
  else if (end)
    out.push(svg('g', {transform: `translate(${x2},${y2})`}, ...shapes.lost()));
  const x = labelPlace(plan, from, x2, sent.frame);
  const y = y1 + ((y2 - y1) * (x - x1)) / (x2 - x1 || 1);
  return [
    ...out, svg('text', {x, y: y - 4, 'text-anchor': 'middle', class: 'arrow-label'}, sent.frame)
  ];
}

function drawMessages(plan) {
  const out = [];
  for (const {sent, copies} of byMessage.values()) {
    if (!sent || !shown(sent)) continue;
    const ends = copies.length ? copies : [null];
    const group = svg('g', {class: 'message', 'data-event': sent.index});
    for (const end of ends) group.append(...drawArrow(plan, sent, end));
    out.push(group);
  }
  return out;
}

function drawLabel(item, column) {
  const {first, events: all} = item;
  const text = all.length > 1 ? `${all.length} × ${kinds[first.kind]}` : first.label;
  return svg(
      'text', {
        x: column.side * 14,
        y: 4,
        'text-anchor': column.side < 0 ? 'end' : 'start',
        class: `label ${first.severity || ''}`,
      },
      fitted(text, column.room));
}

function drawMark(item, plan) {
  const {first} = item;
  const column = plan.lane.get(first.lane) ||
      (first.lane === NETWORK ? {x: axisWidth + 8, side: 1, room: 400} : null);
  if (!column || ['sent', 'arrived', 'lost'].includes(first.source)) return null;
  const mark = svg('g', {
    class:
        `mark kind-${first.kind} ${userClass(first.user)}${first.faults.length ? ' faulty' : ''}`,
    transform: `translate(${column.x},${item.y})`,
    role: 'button',
    tabindex: -1,
    'data-event': first.index,
    'aria-label': `${clockText(first.t)} ${first.title}${
        item.events.length > 1 ? `, and ${item.events.length - 1} more` : ''}`,
  });
  mark.append(svg('circle', {r: 12, class: 'ring'}));
  if (first.kind === 'turned') {
    mark.append(...pill(fitted(first.label, 2 * column.room), first.severity));
  } else {
    mark.append(...shapes[first.kind](first), drawLabel(item, column));
  }
  return mark;
}

function drawFaults(item, plan) {
  return item.first.faults.map((fault, index) => {
    const y = item.y - 13 - faultHeight * (index + 0.5);
    const bolder = 1.12;  // than the letters that are measured
    const text = fitted(`${fault.rule}: ${fault.message}`, (plan.width - axisWidth - 24) / bolder);
    return svg(
        'g', {class: 'fault', 'data-event': item.first.index},
        line(0, item.y - 15, plan.width, item.y - 15, {class: 'fault-line'}), svg('rect', {
          x: axisWidth - 12,
          y: y - 10,
          width: textWidth(text) * bolder + 20,
          height: 21,
          rx: 4,
          class: 'fault-box'
        }),
        svg('text', {x: axisWidth - 2, y: y + 5, class: 'fault-text'}, text),
        svg('title', {}, `${fault.rule}: ${fault.message}`));
  });
}

function drawDiagram(plan) {
  const picture = svg(
      'svg',
      {width: plan.width, height: plan.height, role: 'group', 'aria-label': 'space-time diagram'});
  const layers = [
    drawTime(plan), drawBands(plan), drawLanes(plan), drawMessages(plan),
    plan.items.flatMap((item) => drawFaults(item, plan)),
    plan.items.map((item) => drawMark(item, plan)).filter(Boolean)
  ];
  for (const layer of layers) picture.append(svg('g', {}, ...layer));
  return picture;
}
