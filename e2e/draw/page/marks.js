// The shapes. Each kind has one of its own, so that nothing depends on colour alone.

const svgNamespace = 'http://www.w3.org/2000/svg';

function svg(name, attributes = {}, ...children) {
  const node = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

function html(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on'))
      node.addEventListener(key.slice(2), value);
    else if (value !== false)
      node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children);
  return node;
}

const textWidth = (() => {
  const context = document.createElement('canvas').getContext('2d');
  context.font = '12px system-ui, sans-serif';
  return (text) => context.measureText(text).width;
})();

function fitted(text, room) {
  if (textWidth(text) <= room) return text;
  let end = Math.floor((text.length * room) / textWidth(text));
  while (end > 1 && textWidth(`${text.slice(0, end)}…`) > room) end -= 1;
  return end > 1 ? `${text.slice(0, end)}…` : '';
}

const userClass = (user) => {
  const index = users.indexOf(user);
  return index < 0 ? 'nobody' : `user-${index % 6}`;
};

const polygon = (points, attributes = {}) => svg('polygon', {points, ...attributes});
const line = (x1, y1, x2, y2, attributes = {}) => svg('line', {x1, y1, x2, y2, ...attributes});

const shapes = {
  edited: (event) =>
      (event && event.removes ?
           [
             polygon('0,-8 8,0 0,8 -8,0', {class: 'hollow'}),
             line(-3.5, 0, 3.5, 0, {class: 'stroke'})
           ] :
           [polygon('0,-8 8,0 0,8 -8,0', {class: 'solid'})]),
  decided: () =>
      [polygon('0,-8 8,0 0,8 -8,0', {class: 'hollow'}),
       svg('path', {d: 'M-3,0 L-1,2.5 L3.5,-2.5', class: 'stroke'})],
  frozen: () => [svg('rect', {x: -5, y: -5, width: 10, height: 10, rx: 1.5, class: 'hollow'})],
  committed: (event) =>
      (event && event.removes ?
           [svg('circle', {r: 7, class: 'hollow'}), line(-3.5, 0, 3.5, 0, {class: 'stroke'})] :
           [svg('circle', {r: 7, class: 'solid'})]),
  copy: () =>
      [svg('circle', {cx: 4, cy: 3, r: 6, class: 'hollow'}),
       svg('circle', {cx: -2, cy: -1, r: 6, class: 'solid'})],
  conflict: () =>
      [polygon('0,-9 9,7 -9,7', {class: 'odd'}), line(0, -3.5, 0, 1.5, {class: 'on-odd'}),
       svg('circle', {cy: 4.3, r: 1, class: 'on-odd'})],
  acknowledged: (event) =>
      [svg('circle',
           {r: 7, class: event && event.severity ? `hollow ${event.severity}` : 'hollow'}),
       ...answerSign(event ? event.status : 'applied')],
  moved: () => [polygon('-7,-5 7,-5 0,7', {class: 'hollow'})],
  turned: () => [svg('rect', {x: -7, y: -7, width: 14, height: 14, rx: 7, class: 'hollow'})],
  script: () => [svg('path', {d: 'M-5,8 V-8 L6,-4 L-5,0', class: 'flag'})],
  leaked: () => [svg(
      'path', {d: 'M0,-9 C4,-3 7,0 7,3 A7,6 0 0 1 -7,3 C-7,0 -4,-3 0,-9 Z', class: 'solid bad'})],
  state: () =>
      [svg('rect', {x: -8, y: -5, width: 16, height: 10, rx: 2, class: 'hollow'}),
       line(-4, 0, 4, 0, {class: 'stroke'})],
  sent: () => [line(-9, 0, 5, 0, {class: 'stroke'}), polygon('9,0 2,-4 2,4', {class: 'solid'})],
  lost: () => [line(-5, -5, 5, 5, {class: 'cross'}), line(-5, 5, 5, -5, {class: 'cross'})],
};

function answerSign(status) {
  const path = {
    applied: 'M-3.5,0 L-1,3 L4,-3',
    merged: 'M-3.5,0 L-1,3 L4,-3',
    unchanged: 'M-3,-1.5 H3 M-3,2 H3',
    duplicate: 'M-3,-3 H3 M-3,0 H3 M-3,3 H3',
    conflict: 'M0,-4 V1 M0,3 V4',
    held: 'M-2,-3 V3 M2,-3 V3',
    rejected: 'M-3,-3 L3,3 M-3,3 L3,-3',
  }[status] ||
      'M0,0';
  return [svg('path', {d: path, class: 'stroke'})];
}

// A turn of a life says what it is inside of its mark.
function pill(text, severity) {
  const width = textWidth(text) + 16;
  return [
    svg('rect', {x: -width / 2, y: -9, width, height: 18, rx: 9, class: `pill ${severity}`}),
    svg('text', {y: 4, 'text-anchor': 'middle', class: `pill-text ${severity}`}, text)
  ];
}
