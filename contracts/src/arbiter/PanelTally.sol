// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What a member says of the payee's case: nothing yet, for it, against it, or that it will not say.
enum Stance {
    None,
    Endorse,
    Challenge,
    Abstain
}

/// @notice What the votes come to.
/// @param voted Weight of the members that voted, abstentions included.
/// @param endorsing Weight for the payee's case, times confidence in percent.
/// @param challenging Weight against it, times confidence in percent.
struct Tally {
    uint256 voted;
    uint256 endorsing;
    uint256 challenging;
}

/// @notice All votes of one case, one byte a member, member 0 in the lowest: 0 none, 1 to 101 endorse with a
/// confidence of 0 to 100, 102 to 202 challenge, 203 abstain.
type Votes is uint256;

using {voteOf, withVote} for Votes global;

/// @dev A member's vote.
function voteOf(Votes votes, uint256 member) pure returns (Stance stance, uint256 confidence) {
    uint256 code = (Votes.unwrap(votes) >> (member * 8)) & 0xff;
    if (code == 0) return (Stance.None, 0);
    if (code <= 101) return (Stance.Endorse, code - 1);
    if (code <= 202) return (Stance.Challenge, code - 102);
    return (Stance.Abstain, 0);
}

/// @dev The votes with that of a member who has none yet.
function withVote(Votes votes, uint256 member, Stance stance, uint256 confidence) pure returns (Votes) {
    uint256 code =
        stance == Stance.Endorse ? 1 + confidence : stance == Stance.Challenge ? 102 + confidence : 203;
    return Votes.wrap(Votes.unwrap(votes) | code << (member * 8));
}

/// @title PanelTally
/// @notice From votes to a verdict: pure, so that anybody can do it again from the logs.
library PanelTally {
    /// @notice 100 %.
    uint256 internal constant BPS = 10_000;
    /// @notice The highest confidence, in percent.
    uint256 internal constant MAX_CONFIDENCE = 100;

    /// @notice Adds the votes up.
    /// @param votes The votes.
    /// @param weights Each member's weight.
    /// @param barred Bit i is set if member i's vote is void.
    function count(Votes votes, uint16[] memory weights, uint256 barred)
        internal
        pure
        returns (Tally memory tally)
    {
        for (uint256 i = 0; i < weights.length; ++i) {
            if (barred >> i & 1 == 1) continue;
            (Stance stance, uint256 confidence) = votes.voteOf(i);
            if (stance == Stance.None) continue;
            tally.voted += weights[i];
            if (stance == Stance.Endorse) tally.endorsing += weights[i] * confidence;
            if (stance == Stance.Challenge) tally.challenging += weights[i] * confidence;
        }
    }

    /// @notice Whether the panel has decided: enough weight has voted, and one side leads the other by the
    /// margin.
    /// @param tally The tally.
    /// @param totalWeight Weight of the whole panel, whoever voted.
    /// @param quorumBps Share of it that must have voted.
    /// @param marginBps Share of it, times full confidence, by which one side must lead.
    /// @return Endorse or Challenge; None as long as it is open.
    function verdict(Tally memory tally, uint256 totalWeight, uint256 quorumBps, uint256 marginBps)
        internal
        pure
        returns (Stance)
    {
        if (tally.voted * BPS < totalWeight * quorumBps) return Stance.None;
        uint256 margin = totalWeight * MAX_CONFIDENCE * marginBps;
        if (tally.endorsing * BPS >= tally.challenging * BPS + margin) return Stance.Endorse;
        if (tally.challenging * BPS >= tally.endorsing * BPS + margin) return Stance.Challenge;
        return Stance.None;
    }

    /// @notice What `verdict` holds a tally against, in the tally's own units.
    /// @param totalWeight Weight of the whole panel, whoever voted.
    /// @param quorumBps Share of it that must have voted.
    /// @param marginBps Share of it, times full confidence, by which one side must lead.
    /// @return quorum The least `voted` that is enough.
    /// @return margin The least lead of one side over the other that is enough.
    function thresholds(uint256 totalWeight, uint256 quorumBps, uint256 marginBps)
        internal
        pure
        returns (uint256 quorum, uint256 margin)
    {
        quorum = (totalWeight * quorumBps + BPS - 1) / BPS;
        margin = (totalWeight * MAX_CONFIDENCE * marginBps + BPS - 1) / BPS;
    }
}
