"""What data are: the panel, its roles and time, its checks, the door for foreign frames."""
