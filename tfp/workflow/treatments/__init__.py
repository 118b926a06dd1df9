"""What a plan does to its data, one module for each subject.

Each module has the tables of the plan on its subject: the record, how it is read from
the file, and the functions of the library that it stands for.
:mod:`tfp.workflow.treatments.treatment` puts them in order.
"""
