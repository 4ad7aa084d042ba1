// A refusal or a failure in words: {title, text, again: whether the same photos may be tried once more, key: whether a
// key is asked for}. What the program says itself (detail) is told as it is.

const kByStatus = {
  401: {title: 'This program asks for a key', text: 'Whoever runs it can give you one.', key: true},
  403: {title: 'The key was not accepted', text: 'Check it, or ask whoever runs the program.', key: true},
  408: {title: 'Sending took too long', text: 'The connection is slow. Try again, or send fewer photos.', again: true},
  413: {title: 'Too large', text: 'Photos of up to 40 MB and 80 megapixels are read. Send a smaller one.'},
  415: {title: 'Not a picture', text: 'JPEG, PNG, WebP, HEIC, AVIF, TIFF and BMP are read.'},
  422: {title: 'The photo cannot be read', text: 'It may be damaged. Take it again, or choose another.'},
  429: {title: 'Too many photos for now', text: 'Wait a little, then try again.', again: true},
  503: {title: 'The program is busy', text: 'It is still reading other photos. Your photos are kept here; try again later.', again: true},
};

export function problemWords(problem) {
  if (problem.code === 'unreachable') {
    return navigator.onLine
      ? {title: 'The program cannot be reached', text: 'It may be stopped, or the connection broke. Your photos are kept here.', again: true}
      : {title: 'No connection', text: 'Your photos are kept here. They are sent as soon as there is a connection again.', again: true};
  }
  const known = kByStatus[problem.status];
  if (known) return {again: false, key: false, ...known, text: known.key ? known.text : problem.detail || known.text};
  return {
    title: 'That did not work',
    text: problem.detail || `The program answered with status ${problem.status} and no report.`,
    again: problem.status >= 500 || problem.status === 200,
    key: false,
  };
}
