// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Division, Head, Leg, LegState} from "../../src/deal/DealTypes.sol";
import {IDealErrors} from "../../src/deal/IDealErrors.sol";
import {TermsLimits} from "../../src/deal/TermsLimits.sol";
import {Deals} from "../support/Deals.sol";
import {vm} from "../support/Vm.sol";
import {Wallet} from "../support/World.sol";

/// @notice The transition table as a matrix: every verb in every state, with the right caller or signature. A cell
/// that the table has goes through; every other is refused with the error that says both sides. So nobody's
/// signature is worth anything once its state is left, whichever way it was left.
contract TableTest is Deals {
    enum Where {
        None,
        Offered,
        Active,
        Substituted,
        Delivered,
        Disputed,
        Accepted,
        Lapsed,
        Missed,
        Ruled,
        Settled,
        Withdrawn
    }

    enum Verb {
        Open,
        Join,
        Deliver,
        Substitute,
        DisputeByClient,
        DisputeByPayee,
        Accept,
        AcceptMany,
        Lapse,
        Rule,
        Settle,
        RateByClient,
        RateByPayee
    }

    uint256 private constant WHERES = 12;
    uint256 private constant VERBS = 13;

    Head private head;
    Leg[] private legs;
    bytes32 private dealId;

    function setUp() public override {
        super.setUp();
        head = arbitrated(head_());
        (head.openBy, head.joinBy) = (uint40(now_() + 300 days), uint40(now_() + 1 hours));
        legs.push(backed(leg_(payee, 1000)));
        legs[0].due = uint40(now_() + 30 days);
        dealId = escrow.dealIdOf(head, legs);
        deposit(payee, 500);
        deposit(standby, 40);
        usdc.mint(client.addr, 1030);
        vm.prank(client.addr);
        usdc.approve(address(escrow), 1030);
    }

    function test_table_everyVerbInEveryState() public {
        uint256 allowed = 0;
        for (uint256 w = 0; w < WHERES; ++w) {
            uint256 before = vm.snapshotState();
            _reach(Where(w));
            inState(dealId, 0, _state(Where(w)));
            for (uint256 v = 0; v < VERBS; ++v) {
                uint256 cell = vm.snapshotState();
                (address sender, bytes memory call_) = _call(Where(w), Verb(v));
                if (_inTable(Where(w), Verb(v))) {
                    ++allowed;
                    vm.prank(sender);
                    (bool ok,) = address(escrow).call(call_);
                    check(ok, string.concat("in the table: ", vm.toString(w * 100 + v)));
                } else {
                    refuses(sender, call_, _why(Where(w), Verb(v)));
                }
                vm.revertToState(cell);
            }
            vm.revertToState(before);
        }
        eq(allowed, 25, "cells that the table has");
    }

    /// @dev What the table has before anything has lapsed.
    function _inTable(Where w, Verb v) private pure returns (bool) {
        if (v == Verb.Open) return w == Where.None;
        if (v == Verb.Join) return w == Where.Offered;
        if (v == Verb.Deliver) return w == Where.Active || w == Where.Substituted;
        if (v == Verb.DisputeByClient || v == Verb.Accept || v == Verb.AcceptMany) {
            return w == Where.Delivered;
        }
        if (v == Verb.DisputeByPayee) return w >= Where.Active && w <= Where.Delivered;
        if (v == Verb.Rule) return w == Where.Disputed;
        if (v == Verb.Settle) return w >= Where.Active && w <= Where.Disputed;
        if (v == Verb.RateByClient || v == Verb.RateByPayee) {
            return w >= Where.Accepted && w <= Where.Settled;
        }
        return false;
    }

    /// @dev Why the others are refused.
    function _why(Where w, Verb v) private view returns (bytes memory) {
        LegState have = _state(w);
        if (v == Verb.Open) return _whyNoSecondOpen();
        if (v == Verb.Join) return wrongState(have, LegState.Offered);
        if (v == Verb.Substitute && w == Where.Active) return tooEarly(uint256(legs[0].due) + legs[0].grace);
        if (v == Verb.Substitute && w == Where.Substituted) {
            return abi.encodeWithSelector(IDealErrors.NoStandby.selector, 0, standby.addr);
        }
        if (v == Verb.Deliver || v == Verb.Substitute) return wrongState(have, LegState.Active);
        if (v == Verb.AcceptMany) {
            return abi.encodeWithSelector(IDealErrors.NothingDelivered.selector, dealId);
        }
        if (v == Verb.Rule) return wrongState(have, LegState.Disputed);
        if (v == Verb.RateByClient || v == Verb.RateByPayee) return wrongState(have, LegState.Accepted);
        if (v == Verb.Lapse && w >= Where.Offered && w <= Where.Disputed) return tooEarly(_lapses(w));
        return wrongState(have, LegState.Delivered);
    }

    /// @dev Terms whose leg is due by now are refused before anybody looks whether they were opened.
    function _whyNoSecondOpen() private view returns (bytes memory) {
        if (now_() < legs[0].due) return abi.encodeWithSelector(IDealErrors.AlreadyOpened.selector, dealId);
        return abi.encodeWithSelector(
            IDealErrors.DueOutsideWindow.selector, 0, legs[0].due, now_(), now_() + TermsLimits.MAX_DUE_AHEAD
        );
    }

    /// @dev Until when anybody's lapse is refused.
    function _lapses(Where w) private view returns (uint256) {
        if (w == Where.Offered) return head.joinBy;
        if (w == Where.Active) return uint256(legs[0].due) + legs[0].grace + legs[0].callWindow;
        if (w == Where.Substituted) return now_() + legs[0].standbyTime + legs[0].grace;
        return now_() + (w == Where.Delivered ? legs[0].review : head.rulingTime);
    }

    function _state(Where w) private pure returns (LegState) {
        if (w <= Where.Active) return LegState(uint8(w));
        return LegState(uint8(w) - 1);
    }

    /// @dev Brings the leg there.
    function _reach(Where w) private {
        if (w == Where.None) return;
        _go(Where.None, Verb.Open);
        if (w == Where.Offered) return;
        if (w == Where.Withdrawn) {
            (, bytes memory call_) = _call(Where.Offered, Verb.Lapse);
            return _send(client.addr, call_);
        }
        _go(Where.Offered, Verb.Join);
        if (w == Where.Substituted) return substitute(head, legs, 0);
        if (w == Where.Settled) return _go(Where.Active, Verb.Settle);
        if (w == Where.Missed) {
            vm.warp(_lapses(Where.Active) + 1);
            return _go(Where.Active, Verb.Lapse);
        }
        if (w == Where.Active) return;
        _go(Where.Active, Verb.Deliver);
        if (w == Where.Accepted) return _go(Where.Delivered, Verb.Accept);
        if (w == Where.Lapsed) {
            vm.warp(_lapses(Where.Delivered) + 1);
            return _go(Where.Delivered, Verb.Lapse);
        }
        if (w == Where.Delivered) return;
        _go(Where.Delivered, Verb.DisputeByClient);
        if (w == Where.Ruled) _go(Where.Disputed, Verb.Rule);
    }

    function _go(Where w, Verb v) private {
        (address sender, bytes memory call_) = _call(w, v);
        _send(sender, call_);
    }

    function _send(address sender, bytes memory call_) private {
        vm.prank(sender);
        (bool ok,) = address(escrow).call(call_);
        check(ok, "on the way");
    }

    /// @dev A verb as it is right in that state: by a relay with the party's signature, where it may be relayed.
    function _call(Where w, Verb v) private view returns (address sender, bytes memory call_) {
        (Head memory h, Leg[] memory ls, bytes32[] memory none) = (head, legs, new bytes32[](0));
        Wallet memory occupant = w == Where.Substituted ? standby : payee;
        sender = stranger.addr;
        if (v == Verb.Open) {
            return
                (
                    client.addr,
                    abi.encodeCall(escrow.open, (h, ls, new bytes[](1), new bytes[](1), allowance()))
                );
        } else if (v == Verb.Join) {
            call_ =
                abi.encodeCall(escrow.join, (h, none, 0, ls[0], sign(payee, dealId), sign(standby, dealId)));
        } else if (v == Verb.Deliver) {
            bytes memory s = sign(occupant, deliverDigest(dealId, 0, DELIVERABLE, occupant.addr));
            call_ = abi.encodeCall(escrow.deliver, (escrow.hashHead(h), none, 0, ls[0], DELIVERABLE, "", s));
        } else if (v == Verb.Substitute) {
            bytes memory s = sign(standby, substituteDigest(dealId, 0));
            call_ = abi.encodeCall(escrow.substitute, (h, none, 0, ls[0], s));
        } else if (v == Verb.DisputeByClient || v == Verb.DisputeByPayee) {
            call_ = _disputeCall(w, v == Verb.DisputeByClient, occupant);
        } else if (v == Verb.Accept) {
            call_ = abi.encodeCall(
                escrow.accept, (h, none, 0, ls[0], 255, sign(client, acceptDigest(dealId, 0, 255)))
            );
        } else if (v == Verb.AcceptMany) {
            uint8[] memory ratings = new uint8[](1);
            (sender, call_) = (client.addr, abi.encodeCall(escrow.acceptMany, (h, ls, ratings)));
        } else if (v == Verb.Lapse) {
            call_ = abi.encodeCall(escrow.lapse, (h, none, 0, ls[0]));
        } else if (v == Verb.Rule) {
            (sender, call_) = (arbiter.addr, abi.encodeCall(escrow.rule, (h, none, 0, ls[0], 1, 2, "")));
        } else if (v == Verb.Settle) {
            call_ = _settleCall(_state(w), occupant);
        } else {
            bool byClient = v == Verb.RateByClient;
            bytes memory s = sign(byClient ? client : payee, rateDigest(dealId, 0, byClient, 7));
            call_ = abi.encodeCall(escrow.rate, (h, none, 0, ls[0], byClient, 7, s));
        }
    }

    function _disputeCall(Where w, bool byClient, Wallet memory occupant)
        private
        view
        returns (bytes memory)
    {
        bool delivered = w != Where.Active && w != Where.Substituted;
        bytes memory s = sign(byClient ? client : occupant, disputeDigest(dealId, 0, delivered, EVIDENCE));
        return abi.encodeCall(escrow.dispute, (head, new bytes32[](0), 0, legs[0], byClient, EVIDENCE, "", s));
    }

    function _settleCall(LegState state, Wallet memory occupant) private view returns (bytes memory) {
        Division memory d = Division(5, 6, uint40(now_()));
        bytes32 digest = settleDigest(dealId, 0, state, occupant.addr, d);
        return abi.encodeCall(
            escrow.settle,
            (head, new bytes32[](0), 0, legs[0], d, sign(client, digest), sign(occupant, digest))
        );
    }
}
