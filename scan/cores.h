// How many threads can run at the same time here.
#pragma once

namespace magscan::scan {

// At least 1. Fewer than the machine has where the process is bound to some of its cores or its control group has a
// quota of their time, as in a container.
int usable_cores();

// Of the two numbers of a cpu.max file of Linux' control groups, "200000 100000": the cores that the quota is worth,
// rounded up; 0 where there is none ("max 100000") or the text is something else.
int cores_of_quota(const char* cpu_max);

}  // namespace magscan::scan
