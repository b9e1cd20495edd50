package sharding

// inProcesses is the environment variable of the tests that run in several processes.
const inProcesses = "GOJAX_TEST_PROCESSES"
