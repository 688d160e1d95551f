# Runs PROGRAM and stores what it prints in OUTPUT.
execute_process(COMMAND ${PROGRAM} OUTPUT_FILE ${OUTPUT} ERROR_QUIET RESULT_VARIABLE Status)
if(Status)
  message(FATAL_ERROR "${PROGRAM} failed: ${Status}")
endif()
