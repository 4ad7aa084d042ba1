// A refusal or a failure in words: {title, text, again: whether the same photos may be tried once more, key: whether a
// key is asked for}. What the program itself says of it (detail) is told as it is; the codes are those of
// tools/service/problem.cpp.

const kByCode = {
  key_missing: {title: 'This program asks for a key', text: 'Whoever runs it can give you one.', key: true},
  key_unknown: {title: 'The key is not known', text: 'Check it, or ask whoever runs the program.', key: true},
  body_too_large: {title: 'Too large to send'},
  picture_too_large: {title: 'The picture is too large'},
  media_type_unsupported: {title: 'Not a picture', text: 'JPEG, PNG, WebP, HEIC, AVIF, TIFF and BMP are read.'},
  picture_unsupported: {
    title: 'Not a picture that is read',
    text: 'JPEG, PNG, WebP, HEIC, AVIF, TIFF and BMP are read.',
  },
  picture_damaged: {title: 'The picture is damaged', text: 'Take it again, or choose another.'},
  picture_too_small: {title: 'The picture is too small', text: 'Send the photo in its full size.'},
  picture_animated: {title: 'A moving picture', text: 'Send a photo that stands still.'},
  field_invalid: {
    title: 'Check for whom and where',
    text: 'The upper levels were asked for with a value that is not known.',
  },
  request_timeout: {
    title: 'Sending took too long',
    text: 'The connection is slow. Try again, or send fewer photos.',
    again: true,
  },
  deadline_exceeded: {title: 'Reading took too long', text: 'Try again, or send fewer photos.', again: true},
  rate_limited: {title: 'Too many photos for now', text: 'Wait a little, then try again.', again: true},
};
const kByStatus = {
  413: kByCode.body_too_large,
  503: {
    title: 'The program is busy',
    text: 'It is still reading other photos. Yours are kept here; try again later.',
    again: true,
  },
};

function unreachable() {
  return navigator.onLine
    ? {
        title: 'The program cannot be reached',
        text: 'It may be stopped, or the connection broke. Your photos are kept here.',
      }
    : {title: 'No connection', text: 'Your photos are kept here and sent as soon as there is a connection again.'};
}

export function problemWords({code, status, detail}) {
  if (code === 'unreachable') return {again: true, key: false, ...unreachable()};
  const known = kByCode[code] ?? kByStatus[status];
  const own = known?.key || status === 503 ? known.text : detail || known?.text;
  return {
    again: status >= 500 || status === 200,
    key: false,
    title: 'That did not work',
    ...known,
    text: own || `The program answered with status ${status} and no report.`,
  };
}

// Why the program asks to wait.
export function waitingWords({status}) {
  return status === 429 ? 'This key has sent many photos just now.' : 'The program is reading other photos.';
}
