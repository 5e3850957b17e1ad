import CLoad

enum Monotonic {
    static var nanoseconds: Int64 { cload_now_ns() }
}
