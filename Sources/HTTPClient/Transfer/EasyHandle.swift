import CCurl

/// Owns one easy handle. The pointer is valid for the life of the object.
///
/// Setting an option can only fail for want of memory or through a wrong pairing of option and
/// type, neither of which a caller could put right.
@safe
final class EasyHandle {
    let handle: UnsafeMutableRawPointer

    init() {
        guard let handle = unsafe curl_easy_init() else {
            preconditionFailure("libcurl gives no easy handle")
        }
        unsafe self.handle = handle
    }

    deinit {
        unsafe curl_easy_cleanup(handle)
    }

    func set(_ option: CURLoption, _ value: Int) {
        check(unsafe holdfast_easy_set_long(handle, option, value), option)
    }

    func set(_ option: CURLoption, _ value: Bool) {
        set(option, value ? 1 : 0)
    }

    func set(_ option: CURLoption, offset value: Int) {
        check(unsafe holdfast_easy_set_offset(handle, option, curl_off_t(value)), option)
    }

    func set(_ option: CURLoption, _ value: String?) {
        if let value {
            check(unsafe holdfast_easy_set_string(handle, option, value), option)
        } else {
            check(unsafe holdfast_easy_set_string(handle, option, nil), option)
        }
    }

    @unsafe func set(_ option: CURLoption, pointer value: UnsafeMutableRawPointer?) {
        check(unsafe holdfast_easy_set_pointer(handle, option, value), option)
    }

    @unsafe func set(_ option: CURLoption, list value: UnsafeMutablePointer<curl_slist>?) {
        check(unsafe holdfast_easy_set_list(handle, option, value), option)
    }

    func number(_ info: CURLINFO) -> Int {
        var value = 0
        unsafe holdfast_easy_get_long(handle, info, &value)
        return value
    }

    func offset(_ info: CURLINFO) -> Int {
        var value: curl_off_t = 0
        unsafe holdfast_easy_get_offset(handle, info, &value)
        return Int(value)
    }

    func text(_ info: CURLINFO) -> String {
        var value: UnsafeMutablePointer<CChar>?
        unsafe holdfast_easy_get_string(handle, info, &value)
        guard let text = unsafe value else { return "" }
        return unsafe String(cString: text)
    }

    func check(_ code: CURLcode, _ option: CURLoption) {
        precondition(code == CURLE_OK, "libcurl refuses option \(option.rawValue)")
    }
}
