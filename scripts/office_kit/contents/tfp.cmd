@echo off
rem Drop a folder with a plan on this file, or start it without one to install.
setlocal
chcp 65001 >nul
set "PYTHONUTF8=1"
set "PYTHONHOME="
set "PYTHONPATH="
if exist "%~dp0python\python.exe" goto bundled
py -@PYTHON@ -c "" >nul 2>nul
if errorlevel 1 goto plain
py -@PYTHON@ "%~dp0kit\start.py" %*
goto done
:plain
python -c "import sys; sys.exit('.'.join(map(str, sys.version_info[:2])) != '@PYTHON@')" >nul 2>nul
if errorlevel 1 goto missing
python "%~dp0kit\start.py" %*
goto done
:bundled
"%~dp0python\python.exe" "%~dp0kit\start.py" %*
goto done
:missing
type "%~dp0kit\no-python.txt"
cmd /c exit 9
:done
set "CODE=%ERRORLEVEL%"
if not defined TFP_NO_PAUSE pause
exit /b %CODE%
