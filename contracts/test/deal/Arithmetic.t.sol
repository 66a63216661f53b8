// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Accumulator} from "../../src/deal/Accumulator.sol";
import {LegState} from "../../src/deal/DealTypes.sol";
import {SettledSummary} from "../../src/deal/ISettledReputation.sol";
import {Lane, LaneStore, toLane} from "../../src/deal/Lanes.sol";
import {LegMath} from "../../src/deal/LegMath.sol";
import {Checks} from "../support/Checks.sol";

/// @notice Penalty, division, lanes and accumulators on their own.
contract ArithmeticTest is Checks, LaneStore {
    /// Invariant 7.
    function testFuzz_penalty_isARamp(uint128 max, uint24 grace, uint24 a, uint24 b) public pure {
        uint256 span = within(grace, 1, type(uint24).max);
        (uint256 x, uint256 y) = (within(a, 0, span), within(b, 0, span));
        if (x > y) (x, y) = (y, x);
        uint256 atX = LegMath.penalty(max, x, span);
        check(atX <= LegMath.penalty(max, y, span), "monotone");
        eq(LegMath.penalty(max, 0, span), 0, "nothing at due");
        eq(LegMath.penalty(max, span, span), max, "all of it at due + grace");
        eq(atX, uint256(max) * x / span, "rounded down");
    }

    function test_penalty_withoutGraceAndLateness() public pure {
        eq(LegMath.penalty(5, 0, 0), 0, "penalty");
        eq(LegMath.penalty(100, 20, 10), 100, "later than a delivery can be");
    }

    function testFuzz_divide_addsUp(uint128 amount, uint128 lost, uint16 ruling, uint16 share, uint16 feeBps)
        public
        pure
    {
        uint256 penalty = within(lost, 0, amount);
        uint256 net = amount - penalty;
        uint256 arbiterBps = within(ruling, 0, 1000);
        uint256 bps = within(share, 0, 10_000);
        (uint256 arbFee, uint256 gross, uint256 fee) =
            LegMath.divide(amount, penalty, arbiterBps, bps, within(feeBps, 0, 1000));
        eq(arbFee, net * arbiterBps / 10_000, "arbiter");
        eq(gross, (net - arbFee) * bps / 10_000, "gross");
        check(fee <= gross / 10, "fee");
        if (bps == 10_000) eq(gross, net - arbFee, "whole");
    }

    function testFuzz_share_isNeverMoreThanTheSum(uint128 sum, uint16 bps) public pure {
        uint256 share = within(bps, 0, 10_000);
        check(LegMath.share(sum, share) <= sum, "share");
        eq(LegMath.share(sum, 10_000), sum, "whole");
    }

    function testFuzz_lane_roundTrips(uint8 s, uint8 f, uint32 ts, uint24 late) public pure {
        LegState state = LegState(s % 11);
        Lane lane = toLane(state, f & 15, ts, late);
        eq(uint256(lane.state()), uint256(state), "state");
        eq(lane.flags(), f & 15, "flags");
        eq(lane.ts(), ts, "ts");
        eq(lane.late(), late, "late");
    }

    function testFuzz_lanes_leaveTheirNeighboursAlone(bytes32 dealId, uint64[12] memory values, uint8 which)
        public
    {
        for (uint256 i = 0; i < 12; ++i) {
            _setLane(dealId, i, Lane.wrap(values[i]));
        }
        uint256 changed = which % 12;
        _setLane(dealId, changed, Lane.wrap(~values[changed]));
        for (uint256 i = 0; i < 12; ++i) {
            uint64 want = i == changed ? ~values[i] : values[i];
            eq(Lane.unwrap(_lane(dealId, i)), want, "lane");
        }
    }

    function testFuzz_accumulator_addsUp(uint64[8] memory paid, uint8[8] memory ratings, uint8 kinds)
        public
        pure
    {
        Accumulator acc;
        SettledSummary memory want;
        for (uint256 i = 0; i < 8; ++i) {
            acc = acc.plusClosed(paid[i]);
            (want.volume, want.closed) = (want.volume + paid[i], want.closed + 1);
            uint256 rating = ratings[i] % 101;
            if (kinds >> i & 1 == 1) {
                acc = acc.plusRating(rating).plusLate();
                (want.rated, want.ratingSum) = (want.rated + 1, want.ratingSum + uint40(rating));
                ++want.late;
            } else {
                acc = acc.plusMissed().plusLost();
                (want.missed, want.lost) = (want.missed + 1, want.lost + 1);
            }
        }
        eq(abi.encode(unpack(acc)), abi.encode(want), "record");
    }

    function unpack(Accumulator acc) private pure returns (SettledSummary memory summary) {
        acc.unpackInto(summary);
    }

    /// A full field stays full and touches no other.
    function test_accumulator_saturates() public pure {
        Accumulator full = Accumulator.wrap(type(uint256).max);
        Accumulator after_ =
            full.plusClosed(type(uint128).max).plusRating(100).plusMissed().plusLate().plusLost();
        eq(Accumulator.unwrap(after_), type(uint256).max, "all full");
        SettledSummary memory s = unpack(Accumulator.wrap(0).plusClosed(type(uint128).max));
        eq(s.volume, type(uint88).max, "volume");
        eq(s.closed, 1, "closed");
        eq(s.rated, 0, "rated");
    }

    function test_accumulator_layout() public pure {
        Accumulator a = Accumulator.wrap(0);
        eq(Accumulator.unwrap(a.plusClosed(7)), 7 | 1 << 88, "volume 88, closed 32");
        eq(Accumulator.unwrap(a.plusRating(9)), 1 << 120 | 9 << 152, "rated 32, ratingSum 40");
        eq(Accumulator.unwrap(a.plusMissed()), 1 << 192, "missed 24");
        eq(Accumulator.unwrap(a.plusLate()), 1 << 216, "late 20");
        eq(Accumulator.unwrap(a.plusLost()), 1 << 236, "lost 20");
    }
}
