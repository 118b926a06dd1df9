"""The sheets of the auditor's workbook, one a module.

::

    layout       which figure stands in which column, and the names of parameters
    formulas     the formula of every figure, from data and parameter cells
    data, parameters, results, periods, targets, checks, readme   the sheets
"""
