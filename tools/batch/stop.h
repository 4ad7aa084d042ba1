// Ctrl-C and its like: the first asks the batch to finish what is in hand, the second ends it at once.
#pragma once

namespace magscan::tools::batch {

// Of SIGINT, SIGTERM and SIGHUP, for the rest of the program.
void watch_stop_signals();

// The signal that asked to stop, or 0.
int stop_signal();

}  // namespace magscan::tools::batch
