// The row of filters. The legend is one of them: a kind's sample hides and shows the kind.

function toggle(set, name, text, ...before) {
  const button = html(
      'button', {
        type: 'button',
        class: 'chip',
        'aria-pressed': 'true',
        onclick: () => {
          if (!set.delete(name)) set.add(name);
          button.setAttribute('aria-pressed', String(!set.has(name)));
          redraw();
        }
      },
      ...before, text);
  return button;
}

function legendSample(kind) {
  const user = kind === 'script' || kind === 'turned' || kind === 'state' ? 'nobody' : 'user-0';
  return svg(
      'svg', {
        width: 22,
        height: 18,
        viewBox: '-11 -9 22 18',
        class: `sample ${user}`,
        'aria-hidden': 'true'
      },
      ...shapes[kind]());
}

const arrowSamples = [['upload', 'push'], ['download', 'pull, changes'], ['talk', 'other']];
const bandSamples = [['partition', 'partition'], ['offline', 'offline'], ['down', 'no process']];

function legendExtras() {
  const arrow = ([className, text]) => html(
      'span', {class: 'extra'},
      svg('svg', {width: 30, height: 12, 'aria-hidden': 'true'},
          line(1, 6, 29, 6, {class: `arrow ${className} user-0`})),
      text);
  const band = ([className, text]) => html(
      'span', {class: 'extra'},
      svg('svg', {width: 16, height: 14, 'aria-hidden': 'true'},
          svg('rect', {x: 1, y: 1, width: 14, height: 12, rx: 3, class: className})),
      text);
  return [...arrowSamples.map(arrow), ...bandSamples.map(band)];
}

const picker = (label, values, choose) => html(
    'label', {}, `${label} `,
    html(
        'select', {onchange: (event) => choose(event.target.value), 'data-of': label},
        html('option', {value: ''}, 'all'),
        ...values.map(([value, text]) => html('option', {value}, text))));

function filterRecord(key) {
  wanted.record = key;
  document.querySelector('select[data-of=record]').value = key;
  redraw();
}

function showTools() {
  const present =
      new Set(events.map((event) => (event.source === 'arrived' ? 'sent' : event.kind)));
  const search = html('input', {
    type: 'search',
    id: 'search',
    placeholder: 'text, id, field value…',
    oninput: (event) => {
      wanted.text = event.target.value.trim().toLowerCase();
      redraw();
    }
  });
  document.getElementById('tools').replaceChildren(
      html(
          'div', {class: 'row'}, html('label', {}, 'search ', search),
          picker('record', records.map(([key, count]) => [key, `${key} (${count})`]), filterRecord),
          picker(
              'user', users.map((user) => [user, user]),
              (user) => {
                wanted.user = user;
                redraw();
              }),
          html(
              'span', {class: 'group', role: 'group', 'aria-label': 'lanes'},
              ...lanes.map(
                  (lane) => toggle(
                      wanted.hiddenLanes, lane, lane, html('span', {
                        class: `dot ${
                            lane === SERVER ? 'lane-server' : userClass(userOfLane.get(lane))}`
                      })))),
          html('output', {id: 'matches'})),
      html(
          'div', {class: 'row legend', role: 'group', 'aria-label': 'kinds of events, the legend'},
          ...Object.keys(kinds)
              .filter((kind) => present.has(kind))
              .map((kind) => toggle(wanted.hiddenKinds, kind, kinds[kind], legendSample(kind))),
          ...legendExtras()));
}
