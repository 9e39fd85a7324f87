/* An anywidget: one more view of an explorer's numbers, which does all the work (see widget.js). */

export default {
  async render({ model, el, signal, host }) {
    const explorer = await host.getWidget(model.get("explorer"));
    let stop = explorer.exports.show(el, model.get("html"));
    const again = () => { stop(); stop = explorer.exports.show(el, model.get("html")); };
    model.on("change:html", again);
    signal.addEventListener("abort", () => { model.off("change:html", again); stop(); });
  },
};
