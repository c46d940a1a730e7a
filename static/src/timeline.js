// The timeline's own bundle, loaded on that page only. Drawn without a chart library: docs/adr/0013.
import './timeline/page.js';
