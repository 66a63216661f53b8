// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

// The types of a deal, as they are signed, passed in calldata and hashed. Amounts are atomic units of the
// deal's token, points in time are Unix seconds, durations are seconds, shares and fees are basis points.

/// @notice What all legs of a deal share.
/// @param client Who pays.
/// @param clientAgentId The client's agent; 0 if the client is not rated.
/// @param clientAgentEpoch That agent's epoch, equal to the registry's at open.
/// @param token The ERC-20 token that the deal is in.
/// @param arbiter Who rules on disputes; 0 if there can be none.
/// @param rulingTime Seconds that a dispute waits for a ruling; more than 0 exactly if there is an arbiter, and
/// 365 days at most.
/// @param deadlockBps The payee's share if the arbiter stays silent, 0 to 10000.
/// @param arbiterFeeBps The arbiter's fee for a ruling, of a leg's net amount, 1000 at most.
/// @param feeReceiver Who gets the platform fee; 0 exactly if feeBps is 0.
/// @param feeBps The platform fee, of what the payee is paid, 1000 at most.
/// @param openBy Until when the deal can be opened. Where there is a joinBy, `join` takes the same signatures of
/// payees and standbys until that.
/// @param joinBy 0 if every payee signs at open; else until when payees may join.
/// @param docHash Hash of the terms document, which holds 128 random bits.
struct Head {
    address client;
    uint256 clientAgentId;
    uint32 clientAgentEpoch;
    address token;
    address arbiter;
    uint32 rulingTime;
    uint16 deadlockBps;
    uint16 arbiterFeeBps;
    address feeReceiver;
    uint16 feeBps;
    uint40 openBy;
    uint40 joinBy;
    bytes32 docHash;
}

/// @notice One payment for one piece of work.
/// @param payee Who delivers and is paid.
/// @param agentId The payee's agent; 0 if the payee is not rated.
/// @param agentEpoch That agent's epoch, equal to the registry's when the leg becomes active.
/// @param tag What the work is, for the settled record.
/// @param amount The price; more than 0.
/// @param bond What the payee puts down.
/// @param penaltyMax What the price loses at due + grace; `amount` at most, 0 if grace is 0.
/// @param due When the delivery is due; at most 5 years ahead at open.
/// @param grace Seconds after due in which a delivery is late but good; 2^24 - 1 at most.
/// @param review Seconds after the delivery in which the client may object; 180 days at most.
/// @param silenceBps The payee's share if the client stays silent, 0 to 10000; 65535 calls the arbiter.
/// @param criteriaHash Hash of what the delivery is held against.
/// @param standby Who takes over after a miss; 0 if nobody does, and then the next four are 0.
/// @param standbyAgentId The standby's agent; 0 if it is not rated.
/// @param standbyAgentEpoch That agent's epoch.
/// @param retainer What the standby gets for being ready, paid on top of `amount`.
/// @param standbyBond What the standby puts down.
/// @param callWindow Seconds after a miss in which the standby may take over; with a standby more than 0, and
/// 180 days at most.
/// @param standbyTime Seconds that the standby then has; with a standby more than 0, and 365 days at most.
struct Leg {
    address payee;
    uint256 agentId;
    uint32 agentEpoch;
    bytes32 tag;
    uint128 amount;
    uint128 bond;
    uint128 penaltyMax;
    uint40 due;
    uint32 grace;
    uint32 review;
    uint16 silenceBps;
    bytes32 criteriaHash;
    address standby;
    uint256 standbyAgentId;
    uint32 standbyAgentEpoch;
    uint128 retainer;
    uint128 standbyBond;
    uint32 callWindow;
    uint32 standbyTime;
}

/// @notice How the client's money comes in.
/// @dev EIP3009: by the token's receiveWithAuthorization with v, r, s; the nonce is the dealId, so the
/// authorization is the client's consent. Data: abi.encode(uint256 validAfter, uint256 validBefore, uint8 v,
/// bytes32 r, bytes32 s).
/// EIP3009_BYTES: the same with the signature as bytes, for clients that are contracts. Data:
/// abi.encode(uint256 validAfter, uint256 validBefore, bytes signature).
/// PERMIT2: by Permit2 with the witness EarnestDeal(bytes32 dealId), which makes its signature the client's
/// consent; the sum permitted is the deal's total. Data: abi.encode(uint256 nonce, uint256 deadline, bytes
/// signature).
/// ALLOWANCE: by the client's allowance. Data: nothing if the client is the caller; else
/// abi.encode(uint256 permitDeadline, uint8 v, bytes32 r, bytes32 s) and, straight after it, the client's
/// signature of the dealId (nothing if the client is the caller). Unless permitDeadline is 0, the EIP-2612
/// permit of the deal's total is tried first.
/// CREDIT: from the client's credit in the escrow. Data: the client's signature of the dealId (nothing if
/// the client is the caller).
enum FundingKind {
    EIP3009,
    EIP3009_BYTES,
    PERMIT2,
    ALLOWANCE,
    CREDIT
}

/// @notice How the client's money comes in, and what that way needs.
/// @param kind The way.
/// @param data What it needs; see FundingKind.
struct Funding {
    FundingKind kind;
    bytes data;
}

/// @notice How client and payee end a leg by agreement, in sums and not in shares.
/// @param toPayee Of the price to the payee, the platform fee within it; the price at most.
/// @param bondBack Of the bond of the payee at work, back to it; the bond at most.
/// @param validBefore Until when the signatures are good.
struct Division {
    uint128 toPayee;
    uint128 bondBack;
    uint40 validBefore;
}

/// @notice Where a leg is. Accepted and all that follow are terminal.
/// @dev None: never opened. Offered: funded, the payee has not joined. Active: the payee is at work.
/// Delivered: the client is looking. Disputed: the arbiter is to rule. Accepted: by the client. Lapsed:
/// silence decided. Missed: not delivered in time. Ruled: by the arbiter. Settled: as client and payee
/// agreed. Withdrawn: the payee never joined.
enum LegState {
    None,
    Offered,
    Active,
    Delivered,
    Disputed,
    Accepted,
    Lapsed,
    Missed,
    Ruled,
    Settled,
    Withdrawn
}
