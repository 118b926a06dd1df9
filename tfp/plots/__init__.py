"""Charts of results: functions of a result that draw and never compute.

Each chart is one module. What they share: :mod:`tfp.plots.view` reads one entity of a
result, :mod:`tfp.plots.style` holds the colours, :mod:`tfp.plots.sheet` the figure with
its title, unit, legend, notes and source, :mod:`tfp.plots.saving` the files.
"""
