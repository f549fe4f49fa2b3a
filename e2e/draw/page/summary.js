// The head of the page: which run this is, how it ended, and how much happened.

function verdict() {
  const broken = run.violations.length;
  const rules = [...new Set(run.violations.map((violation) => violation.rule))];
  const text = broken ? `${broken} violation${broken > 1 ? 's' : ''}: ${rules.join(', ')}` :
                        'All invariants hold';
  return html(
      'span', {class: broken ? 'verdict verdict-bad' : 'verdict verdict-good'},
      html('span', {'aria-hidden': 'true'}, broken ? '✖ ' : '✔ '), text);
}

function counted() {
  const count = (test) => events.filter(test).length;
  const last = events.length ? events[events.length - 1].t : 0;
  const sent = count((event) => event.kind === 'sent');
  const lost = count((event) => event.kind === 'lost');
  return [
    ['seed', scenario.seed || 1],
    ['virtual time', durationText(last)],
    ['devices', devices.length],
    ['users', users.length],
    ['edits', count((event) => event.kind === 'edited')],
    ['messages', lost ? `${sent}, ${lost} lost` : sent],
    ['commits', count((event) => event.source === 'committed')],
    ['conflicts', count((event) => event.kind === 'conflict')],
    ['copies', count((event) => event.kind === 'copy')],
    ['events', run.events.length],
    ['store', scenario.store || 'memory'],
    ['link', scenario.link || 'frames'],
  ];
}

function violationList() {
  return html('ol', {class: 'violations'}, ...run.violations.map((violation) => {
    const event = events.find((candidate) => candidate.number === violation.event);
    return html(
        'li', {},
        html(
            'button', {type: 'button', onclick: () => event && select(event, true)},
            html('strong', {}, violation.rule), ` ${violation.message}`));
  }));
}

function themeButton() {
  const order = ['auto', 'light', 'dark'];
  const root = document.documentElement;
  const button = html(
      'button', {
        type: 'button',
        class: 'theme',
        onclick: () => {
          const next = order[(order.indexOf(root.dataset.theme || 'auto') + 1) % order.length];
          root.dataset.theme = next;
          button.textContent = `Theme: ${next}`;
        }
      },
      'Theme: auto');
  return button;
}

function showSummary() {
  const planted = scenario.bug ?
      html(
          'p', {class: 'planted'},
          `Planted bug: ${scenario.bug}${
              scenario.breaks ? `, which breaks ${scenario.breaks}` : ''}`) :
                                '';
  document.getElementById('summary').replaceChildren(
      html('div', {class: 'title'}, html('h1', {}, scenario.name), verdict(), themeButton()),
      scenario.about ? html('p', {class: 'about'}, scenario.about) : '', planted,
      html(
          'dl', {class: 'counts'},
          ...counted().map(
              ([name, value]) =>
                  html('div', {}, html('dt', {}, name), html('dd', {}, String(value))))),
      run.violations.length ? violationList() : '');
}
