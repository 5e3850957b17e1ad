#ifndef HOLDFAST_CCURL_SHIM_H
#define HOLDFAST_CCURL_SHIM_H

/*
 * curl_easy_setopt, curl_easy_getinfo and curl_multi_setopt are variadic, which Swift cannot call.
 * Here is one wrapper per type of argument and nothing else; the caller answers for pairing an
 * option with the right wrapper (curl.h names the type of each option).
 */

#include <curl/curl.h>

static inline CURLcode holdfast_easy_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode holdfast_easy_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode holdfast_easy_set_string(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode holdfast_easy_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode holdfast_easy_set_list(CURL *easy, CURLoption option,
                                              struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode holdfast_easy_set_data_callback(CURL *easy, CURLoption option,
                                                       curl_write_callback value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode holdfast_easy_set_open_callback(CURL *easy, CURLoption option,
                                                       curl_opensocket_callback value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode holdfast_easy_set_close_callback(CURL *easy, CURLoption option,
                                                        curl_closesocket_callback value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode holdfast_easy_get_long(CURL *easy, CURLINFO info, long *value) {
    return curl_easy_getinfo(easy, info, value);
}

static inline CURLcode holdfast_easy_get_offset(CURL *easy, CURLINFO info, curl_off_t *value) {
    return curl_easy_getinfo(easy, info, value);
}

static inline CURLcode holdfast_easy_get_string(CURL *easy, CURLINFO info, char **value) {
    return curl_easy_getinfo(easy, info, value);
}

static inline CURLMcode holdfast_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

static inline CURLMcode holdfast_multi_set_pointer(CURLM *multi, CURLMoption option, void *value) {
    return curl_multi_setopt(multi, option, value);
}

static inline CURLMcode holdfast_multi_set_socket_callback(CURLM *multi, CURLMoption option,
                                                           curl_socket_callback value) {
    return curl_multi_setopt(multi, option, value);
}

static inline CURLMcode holdfast_multi_set_timer_callback(CURLM *multi, CURLMoption option,
                                                          curl_multi_timer_callback value) {
    return curl_multi_setopt(multi, option, value);
}

#endif
