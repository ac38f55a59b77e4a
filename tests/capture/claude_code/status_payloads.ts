/** What four versions of the client gave to the program of its status line, as recorded. */

/** A payload by version; the paths hold the word secret. */
export const STATUSES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "1.0.128": {
    "session_id": "f9895700-f367-4e79-8bbd-377cb00b68b6",
    "transcript_path": "/home/kim/secret/.claude/projects/-home-kim-secret/a.jsonl",
    "cwd": "/home/kim/secret/repo/1.0.128-interactive",
    "model": {
      "id": "claude-sonnet-4-20250514",
      "display_name": "Sonnet 4",
    },
    "workspace": {
      "current_dir": "/home/kim/secret/repo/1.0.128-interactive",
      "project_dir": "/home/kim/secret/repo/1.0.128-interactive",
    },
    "version": "1.0.128",
    "output_style": {
      "name": "default",
    },
    "cost": {
      "total_cost_usd": 0.09018480000000001,
      "total_duration_ms": 55834,
      "total_api_duration_ms": 5385,
      "total_lines_added": 2,
      "total_lines_removed": 0,
    },
    "exceeds_200k_tokens": false,
  },
  "2.0.77": {
    "session_id": "05e1b314-7c14-4801-9c9c-c149f14c1b46",
    "transcript_path": "/home/kim/secret/.claude/projects/-home-kim-secret/a.jsonl",
    "cwd": "/home/kim/secret/repo/2.0.77-interactive",
    "model": {
      "id": "claude-sonnet-4-5-20250929",
      "display_name": "Sonnet 4.5",
    },
    "workspace": {
      "current_dir": "/home/kim/secret/repo/2.0.77-interactive",
      "project_dir": "/home/kim/secret/repo/2.0.77-interactive",
    },
    "version": "2.0.77",
    "output_style": {
      "name": "default",
    },
    "cost": {
      "total_cost_usd": 0.1117963,
      "total_duration_ms": 56447,
      "total_api_duration_ms": 5623,
      "total_lines_added": 2,
      "total_lines_removed": 0,
    },
    "context_window": {
      "total_input_tokens": 3467,
      "total_output_tokens": 624,
      "context_window_size": 200000,
      "current_usage": null,
    },
    "exceeds_200k_tokens": false,
  },
  "2.1.112": {
    "session_id": "fcad5436-bf9b-4757-a18d-50f72def6870",
    "transcript_path": "/home/kim/secret/.claude/projects/-home-kim-secret/a.jsonl",
    "cwd": "/home/kim/secret/repo/2.1.112-interactive",
    "model": {
      "id": "claude-sonnet-4-6",
      "display_name": "Sonnet 4.6",
    },
    "workspace": {
      "current_dir": "/home/kim/secret/repo/2.1.112-interactive",
      "project_dir": "/home/kim/secret/repo/2.1.112-interactive",
      "added_dirs": [],
    },
    "version": "2.1.112",
    "output_style": {
      "name": "default",
    },
    "cost": {
      "total_cost_usd": 0.08992080000000001,
      "total_duration_ms": 54016,
      "total_api_duration_ms": 4244,
      "total_lines_added": 2,
      "total_lines_removed": 0,
    },
    "context_window": {
      "total_input_tokens": 3367,
      "total_output_tokens": 553,
      "context_window_size": 200000,
      "current_usage": {
        "input_tokens": 37,
        "output_tokens": 41,
        "cache_creation_input_tokens": 2011,
        "cache_read_input_tokens": 0,
      },
      "used_percentage": 1,
      "remaining_percentage": 99,
    },
    "exceeds_200k_tokens": false,
  },
  "2.1.330": {
    "session_id": "c95dfd7c-0df0-43bb-baee-3197f34e5543",
    "transcript_path": "/home/kim/secret/.claude/projects/-home-kim-secret/a.jsonl",
    "cwd": "/home/kim/secret/repo/2.1.330-interactive",
    "prompt_id": "c78eedc8-0432-4ced-9c16-6e2e126a52b0",
    "effort": {
      "level": "medium",
    },
    "model": {
      "id": "claude-opus-5-5",
      "display_name": "Opus 5.5",
    },
    "workspace": {
      "current_dir": "/home/kim/secret/repo/2.1.330-interactive",
      "project_dir": "/home/kim/secret/repo/2.1.330-interactive",
      "added_dirs": [],
    },
    "version": "2.1.330",
    "output_style": {
      "name": "default",
    },
    "cost": {
      "total_cost_usd": 0.011023000000000002,
      "total_duration_ms": 3586,
      "total_api_duration_ms": 26,
      "total_lines_added": 0,
      "total_lines_removed": 0,
    },
    "context_window": {
      "total_input_tokens": 2048,
      "total_output_tokens": 41,
      "context_window_size": 1000000,
      "current_usage": {
        "input_tokens": 37,
        "output_tokens": 41,
        "cache_creation_input_tokens": 2011,
        "cache_read_input_tokens": 0,
      },
      "used_percentage": 0,
      "remaining_percentage": 100,
    },
    "exceeds_200k_tokens": false,
    "prompt_cache": {
      "warm": true,
      "caching_observed": true,
      "ttl": "5m",
      "expires_at": 1795343293,
      "requests": 1,
      "misses": 0,
      "expected_rebuilds": 0,
      "hit_ratio": 0,
      "cache_write_tokens": 2011,
      "miss_recache_tokens": 0,
      "last_miss_at": null,
      "last_miss_cause": null,
      "miss_causes": {},
      "recache_tokens_if_cold": 2048,
    },
    "fast_mode": false,
    "thinking": {
      "enabled": true,
    },
  },
};
