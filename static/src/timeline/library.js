// What the timeline needs of ECharts, and nothing else: drawn as SVG, so that print and tests see real text.
import { CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent, TooltipComponent } from 'echarts/components';
import { format, init, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';

use([CustomChart, LineChart, ScatterChart]);
use([GridComponent, MarkAreaComponent, TooltipComponent, LabelLayout, SVGRenderer]);

export { init };

export function textWidth(text, font) {
  return format.getTextRect(text, font).width;
}
