#include "scan/cores.h"

#include <sched.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>

namespace magscan::scan {

int cores_of_quota(const char* cpu_max) {
    std::istringstream in(cpu_max);
    double quota = 0, period = 0;
    if (!(in >> quota >> period) || quota <= 0 || period <= 0) return 0;
    return static_cast<int>(std::min(std::ceil(quota / period), 1e6));
}

int usable_cores() {
    int cores = static_cast<int>(std::thread::hardware_concurrency());
    cpu_set_t mine;
    if (sched_getaffinity(0, sizeof mine, &mine) == 0) cores = CPU_COUNT(&mine);
    std::string cpu_max;  // of the whole container, as it sees itself
    if (std::ifstream file("/sys/fs/cgroup/cpu.max"); file && std::getline(file, cpu_max)) {
        if (const int quota = cores_of_quota(cpu_max.c_str()); quota > 0) cores = std::min(cores, quota);
    }
    return std::max(cores, 1);
}

}  // namespace magscan::scan
