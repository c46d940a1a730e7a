// The timeline's own bundle, loaded on that page only: it brings the chart library with it.
import './timeline/page.js';
