const paths = {
  play: <path d="M8 5.500v13l11-6.500z" fill="currentColor" stroke="none" />,
  pause: <path d="M7 5.500h3.500v13H7zM13.500 5.500H17v13h-3.500z" fill="currentColor" stroke="none" />,
  back: <path d="M11 7 6 12l5 5M18 7l-5 5 5 5" />,
  forward: <path d="m13 7 5 5-5 5M6 7l5 5-5 5" />,
  sound: <path d="M5 10v4h3l4 3.500v-11L8 10zM15.500 9.500a3.500 3.500 0 0 1 0 5M18 7a7 7 0 0 1 0 10" />,
  muted: <path d="M5 10v4h3l4 3.500v-11L8 10zM16 10l4 4m0-4-4 4" />,
  full: <path d="M5 9V5h4M15 5h4v4M19 15v4h-4M9 19H5v-4" />,
  nearer: <path d="M12 6v12M6 12h12" />,
  wider: <path d="M6 12h12" />,
  whole: <path d="M4 6v12M20 6v12M8 12h8m-5.500-2.500L8 12l2.500 2.500m3-5L16 12l-2.500 2.500" />,
  begin: <path d="M8 5H5v14h3M11 12h8m-3-3 3 3-3 3" />,
  end: <path d="M16 5h3v14h-3M13 12H5m3-3-3 3 3 3" />,
  repeat: <path d="M17 4l3 3-3 3M20 7H8a4 4 0 0 0-4 4v1M7 20l-3-3 3-3M4 17h12a4 4 0 0 0 4-4v-1" />,
  close: <path d="M7 7l10 10M17 7 7 17" />,
  frameBack: <path d="M16 6 9 12l7 6zM6 6v12" fill="currentColor" />,
  frameOn: <path d="m8 6 7 6-7 6zM18 6v12" fill="currentColor" />,
  words: <path d="M4 6h16v12H4zM7.500 11h3m2.500 0h3.500M7.500 14h5m2 0h2" />,
  keys: <path d="M3.500 7h17v10h-17zM7 10.500h.01M10.500 10.500h.01M14 10.500h.01M17 10.500h.01M8 14h8" />,
};

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      className="vs-icon"
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.800"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {paths[name]}
    </svg>
  );
}
